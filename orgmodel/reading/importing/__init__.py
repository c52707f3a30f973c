"""Import of tables from other programs: posts as columns, with a report on every row."""

from orgmodel.reading.importing.files import Imported as Imported
from orgmodel.reading.importing.files import import_files as import_files
from orgmodel.reading.importing.report import ImportReport as ImportReport
