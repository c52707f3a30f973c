"""What an organisation is: frozen entities that know no file, no graph and no screen."""
