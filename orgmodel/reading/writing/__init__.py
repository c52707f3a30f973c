"""Organisations -> our YAML, which reads back as the same record.

What stands at its default is not written, and people stand where they hold their posts.
"""

from orgmodel.reading.writing.files import dump as dump
from orgmodel.reading.writing.files import write_organisation as write_organisation
