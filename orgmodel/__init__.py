"""Reporting structures of public organisations: their chains, their spans, their pictures."""

from orgmodel.analysis.chains import chain_between as chain_between
from orgmodel.analysis.chains import chain_to_top as chain_to_top
from orgmodel.analysis.chains import closest_common_leader as closest_common_leader
from orgmodel.analysis.chains import direct_reports as direct_reports
from orgmodel.analysis.chains import everyone_below as everyone_below
from orgmodel.analysis.chains import groups_of as groups_of
from orgmodel.analysis.chains import layers as layers
from orgmodel.analysis.chains import peers as peers
from orgmodel.analysis.checks import findings as findings
from orgmodel.analysis.explaining import explain_reach as explain_reach
from orgmodel.analysis.explaining import explain_span as explain_span
from orgmodel.analysis.levels import levels as levels
from orgmodel.analysis.search import SearchIndex as SearchIndex
from orgmodel.analysis.search import resolve_position as resolve_position
from orgmodel.analysis.spans import LeaderSpan as LeaderSpan
from orgmodel.analysis.spans import Spans as Spans
from orgmodel.analysis.spans import spans as spans
from orgmodel.analysis.summary import Summary as Summary
from orgmodel.analysis.summary import summarise as summarise
from orgmodel.arrays.common_leaders import CommonLeaders as CommonLeaders
from orgmodel.errors import AmbiguousNameError as AmbiguousNameError
from orgmodel.errors import InvalidOrganisation as InvalidOrganisation
from orgmodel.errors import OrgModelError as OrgModelError
from orgmodel.errors import StructureError as StructureError
from orgmodel.errors import UnknownIdError as UnknownIdError
from orgmodel.model.amounts import Interval as Interval
from orgmodel.model.bands import Band as Band
from orgmodel.model.bands import BandSet as BandSet
from orgmodel.model.columns import PositionColumns as PositionColumns
from orgmodel.model.findings import Finding as Finding
from orgmodel.model.findings import Problem as Problem
from orgmodel.model.organisation import Organisation as Organisation
from orgmodel.reading.bands import load_bands as load_bands
from orgmodel.reading.bands import shipped_bands as shipped_bands
from orgmodel.reading.importing import Imported as Imported
from orgmodel.reading.importing import ImportReport as ImportReport
from orgmodel.reading.importing import import_files as import_files
from orgmodel.reading.loading import load as load
from orgmodel.reading.loading import loads as loads
from orgmodel.reading.schema import organisation_schema as organisation_schema
from orgmodel.surveying import SurveyedOrganisation as SurveyedOrganisation
from orgmodel.surveying import survey as survey

__version__ = "0.1.0"
