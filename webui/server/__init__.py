"""The server around the app: hosts, headers, jobs, logs and processes."""
