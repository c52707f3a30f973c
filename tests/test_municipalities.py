"""The shipped organisations against their documents, with every number derived in the test."""

import pytest

from orgmodel import chain_to_top, findings, peers, spans
from orgmodel.analysis.spans.figures import Figures, Origin
from orgmodel.analysis.spans.leader_figures import Knowing
from orgmodel.model.amounts import Interval, exactly
from orgmodel.model.profiles import MilestoneKind
from orgmodel.model.statuses import Status


def span_of(organisation, position_id):
    figure = Figures(spans(organisation)).span(position_id)
    assert figure is not None
    return figure


def reach_of(organisation, position_id):
    figure = Figures(spans(organisation)).reach(position_id)
    assert figure is not None
    return figure


def span_words(organisation, position_id):
    """The words of a span that a source states."""
    figure = span_of(organisation, position_id)
    assert figure.origin is Origin.STATED
    return figure.words.text("da")


def reach_words(organisation, position_id):
    return reach_of(organisation, position_id).words.text("da")


def holder(organisation, position_id):
    return ", ".join(person.name for person in organisation.holders(position_id))


def members(organisation, group_id):
    """The number of seats of a group's listed members."""
    return sum(
        organisation.positions[one.position_id].seats
        for one in organisation.groups[group_id].members
    )


def steps_of(figure):
    """How a figure was found, in words."""
    return [step.text.text("da") for step in figure.steps]


def stated_lines(organisation):
    """The posts of which a source says who they report to."""
    return [
        post
        for post, line in organisation.lines.items()
        if line.superior_id and line.basis.value == "explicit"
    ]


def items_of(profile):
    """What a profile lists of the work and of who is wished for."""
    return (
        *profile.responsibilities,
        *profile.first_year,
        *profile.success,
        *profile.expectations,
        *profile.further_reading,
    )


def dates(organisation, position_id):
    """The milestones of a profile in its order, each with its kind."""
    stones = organisation.profiles[position_id].milestones
    return ", ".join(f"{stone.date} {stone.kind.value}" for stone in stones)


class TestBallerup:
    """Documents 000 (advert) and 001 (framework)."""

    def test_the_leader_of_the_nursing_home_area_has_seven_direct_leaders(self, ballerup):
        row = spans(ballerup).of("leder-plejehjemsomraadet")
        # "leder for seks plejehjemsledere og en leder af Køkken Ballerup" (line 13): stated, and so
        # seven without any assumption; whether others report there is not said
        assert row.direct_leaders == exactly(6 + 1)
        assert row.span == row.firm_span == Interval(7, None)
        words = "7 ledere direkte; medarbejdere direkte: ikke oplyst"
        assert span_words(ballerup, "leder-plejehjemsomraadet") == words
        assert row.status is Status.VACANT

    def test_about_500_are_below_that_leader(self, ballerup):
        row = spans(ballerup).of("leder-plejehjemsomraadet")
        # "ansvar for ca. 500 medarbejdere" (line 14), read as 5 % to either side: the leader is not
        # one of them, so nothing is taken off
        assert row.reach == Interval(500 * 0.95, 500 * 1.05) == Interval(475, 525)
        assert reach_words(ballerup, "leder-plejehjemsomraadet") == "ca. 500"
        told = steps_of(reach_of(ballerup, "leder-plejehjemsomraadet"))
        # whether the seven are additional is shown as open
        assert any("7 ledere" in text and "oveni" in text for text in told)

    def test_three_peers_in_the_centerledelse_beside_the_centerchef(self, ballerup):
        # two more afsnitsledere and a stabsleder (line 73-74)
        assert peers(ballerup, "leder-plejehjemsomraadet") == (
            "leder-sundhedsomraadet",
            "leder-hjemmeboende-borgere",
            "stabsleder",
        )
        assert members(ballerup, "centerledelsen") == 1 + 3 + 1 == 5

    def test_the_centerchef_leads_four_and_has_about_1800_below(self, ballerup):
        row = spans(ballerup).of("centerchef")
        assert row.direct_leaders == exactly(3 + 1)
        assert holder(ballerup, "centerchef") == "Dorte Dahl"
        # "Centeret har ca. 1800 ansatte" (115) does not say whether the head of centre is one
        assert row.reach == Interval(1800 * 0.95 - 1, 1800 * 1.05)
        assert reach_words(ballerup, "centerchef") == "ca. 1.800"

    def test_what_is_not_distributed(self, ballerup):
        (finding,) = [f for f in findings(ballerup) if f.code == "headcount-not-distributed"]
        # 1,710 to 1,890 less 475 to 525 and their leader, who is not among them, less the centerchef
        # and three leaders of the other parts
        low, high = 1710 - (525 + 1) - 1 - 3, 1890 - (475 + 1) - 1 - 3
        for end in (low, high):
            assert f"{end:,}".replace(",", ".") in finding.message.text("da")

    def test_the_chain_of_the_named_nursing_home_leader(self, ballerup):
        assert chain_to_top(ballerup, "plejehjemsleder") == (
            "plejehjemsleder",
            "leder-plejehjemsomraadet",
            "centerchef",
        )
        assert holder(ballerup, "plejehjemsleder") == "Signe Bach Damm"

    def test_the_one_line_that_a_source_states(self, ballerup):
        # lines 71-72: "refererer til centerchefen"
        assert stated_lines(ballerup) == ["leder-plejehjemsomraadet"]

    def test_dates(self, ballerup):
        assert dates(ballerup, "leder-plejehjemsomraadet") == (
            "2026-01-15 deadline, 2026-01-21 interview, 2026-01-27 interview, 2026-03-01 start"
        )

    def test_the_framework(self, ballerup):
        (framework,) = ballerup.frameworks
        assert [principle.text.da for principle in framework.principles] == [
            "Vores stabile drift er fundamentet",
            "Vi skaber bedre effekter",
            "Vi udvikler velfærden sammen med andre",
            "Vores organisation er robust",
        ]
        assert len(framework.definition) == 3
        assert len(framework.steering) == 1

    def test_the_values_of_the_act_are_named(self, ballerup):
        first = ballerup.profiles["leder-plejehjemsomraadet"].first_year[0].text.da
        assert "selvbestemmelse, kvalitet og værdighed" in first  # line 19

    def test_whom_to_contact(self, ballerup):
        profile = ballerup.profiles["leder-plejehjemsomraadet"]
        # "centerchef Dorte Dahl ... eller plejehjemsleder" (line 117-118); no committee is named
        assert [one.position_id for one in profile.contacts] == ["centerchef", "plejehjemsleder"]
        assert profile.committee_id is None

    def test_the_kitchen_supplies_the_nursing_homes(self, ballerup):
        assert ("koekken-ballerup", "supplies", "plejehjemmene") in {
            (one.from_id, one.kind.value, one.to_id) for one in ballerup.relations
        }


class TestSkanderborg:
    """Document 002."""

    def test_the_chief_of_soh_has_nine_direct_reports(self, skanderborg):
        row = spans(skanderborg).of("chef-soh")
        # eight contract areas (line 7) and the head of the Fagsekretariat (line 15); that each area
        # has a holder of its own is an assumption, and no line is stated
        assert row.direct_leaders == exactly(8 + 1)
        assert (row.span, row.knowing) == (exactly(9), Knowing.ASSUMED)
        assert row.firm_span != row.span
        steps = steps_of(span_of(skanderborg, "chef-soh"))
        (one_each,) = [text for text in steps if "kontraktholder" in text]
        # one holder may have two districts: then eight
        assert one_each.endswith("8–9.")
        assert holder(skanderborg, "chef-soh") == "Morten Ilsøe"

    def test_eight_contract_areas(self, skanderborg):
        below = [skanderborg.units[one] for one in skanderborg.subunits["soh"]]
        areas = [unit for unit in below if unit.id != "fagsekretariatet"]
        # Sølund, Fællesskaberne, four plejedistrikter, Aktivitet og Træning, Vores Køkken (9-13)
        assert sum(unit.count for unit in areas) == 1 + 1 + 4 + 1 + 1 == 8

    def test_about_2300_are_below_the_chief(self, skanderborg):
        row = spans(skanderborg).of("chef-soh")
        # "har ca. 2.300 medarbejdere" (7) does not say whether the chief is one
        assert row.reach == Interval(2300 * 0.95 - 1, 2300 * 1.05)
        assert reach_words(skanderborg, "chef-soh") == "ca. 2.300"

    def test_the_head_of_the_fagsekretariat_has_four_direct_leaders_and_about_90(
        self, skanderborg
    ):
        row = spans(skanderborg).of("myndigheds-og-sekretariatschef")
        # "i spidsen for fire dygtige og ansvarsfulde ledere" (19), and all are "fordelt på de fire
        # afdelinger" (21): settled
        assert row.direct_leaders == exactly(4)
        assert (row.span, row.knowing) == (exactly(4), Knowing.SETTLED)
        # "ca. 90 medarbejdere" (line 21): 85.5 to 94.5, outwards to whole heads; whether the head is
        # one of them is not said
        assert row.reach == Interval(85 - 1, 95)
        assert reach_words(skanderborg, "myndigheds-og-sekretariatschef") == "ca. 90"

    def test_the_chefgruppe_of_ten_meets_twice_a_month(self, skanderborg):
        assert members(skanderborg, "chefgruppen-soh") == 1 + 8 + 1 == 10
        cadence = skanderborg.groups["chefgruppen-soh"].cadence
        assert cadence is not None
        assert cadence.text("en") == "regularly twice a month"

    def test_the_head_of_the_fagsekretariat_chairs_the_lokalmed(self, skanderborg):
        (member,) = skanderborg.groups["lokalmed"].members
        assert member.position_id == "myndigheds-og-sekretariatschef"
        assert member.role.value == "chair"

    def test_five_named_leaders(self, skanderborg):
        assert {holder(skanderborg, one) for one in skanderborg.positions} - {""} == {
            "Morten Ilsøe",
            "Anne-Marie Kruse",
            "Jeanett Søborg",
            "Lisbet Birkelund",
            "Signe Plats",
        }

    def test_four_departments_and_a_named_leader_for_two(self, skanderborg):
        about = {f.message.text("da") for f in findings(skanderborg)}
        assert any("»afdeling«: 4, heraf navngivet 2" in text for text in about)

    def test_vores_koekken_supplies_the_soelund_village_and_the_nursing_homes(self, skanderborg):
        supplied = {
            one.to_id: one.basis.value
            for one in skanderborg.relations
            if one.from_id == "vores-koekken"
        }
        assert supplied["landsbyen-soelund"] == "explicit"
        assert supplied["plejedistrikt-skanderborg"] == "inferred"

    def test_no_line_is_stated(self, skanderborg):
        assert stated_lines(skanderborg) == []

    def test_dates(self, skanderborg):
        assert dates(skanderborg, "myndigheds-og-sekretariatschef") == (
            "2026-08-09 deadline, 2026-08-12 other, 2026-08-18 interview, 2026-08-26 interview, "
            "2026-10-01 start, 2026-10 meeting, 2026 other"
        )

    def test_ten_tasks_of_the_first_year(self, skanderborg):
        # the list of line 54 to 63, one task a line
        profile = skanderborg.profiles["myndigheds-og-sekretariatschef"]
        assert len(profile.first_year) == 63 - 54 + 1

    def test_every_competence_that_is_wished_for(self, skanderborg):
        profile = skanderborg.profiles["myndigheds-og-sekretariatschef"]
        # lines 71-76, 80-85, 87-89 and 93-99; line 71 holds two
        assert len(profile.expectations) == 6 + 6 + 3 + 7 + 1

    def test_who_appoints(self, skanderborg):
        committee = skanderborg.groups["ansaettelsesudvalget"]
        # eleven on the list of line 147 to 157, of whom five hold a leader's post
        assert committee.size == 157 - 147 + 1 == 11
        assert members(skanderborg, "ansaettelsesudvalget") == 5


class TestSilkeborg:
    """Document 003."""

    def test_every_competence_that_is_wished_for(self, silkeborg):
        profile = silkeborg.profiles["sektionsleder-sekretariatet"]
        # ten professional (197-218), nine personal (225-241), and one of the introduction (33-34)
        assert len(profile.expectations) == 10 + 9 + 1

    def test_who_appoints(self, silkeborg):
        (chair,) = silkeborg.groups["ansaettelsesudvalget"].members
        # "formand for ansættelsesudvalget sundheds- og omsorgschef" (line 274)
        assert (chair.position_id, chair.role.value) == ("sundheds-og-omsorgschef", "chair")

    def test_the_chief_has_five_and_about_1700(self, silkeborg):
        row = spans(silkeborg).of("sundheds-og-omsorgschef")
        # Five sections, "hver med egen sektionsleder" (53-55): settled; "cirka 1.700 medarbejdere"
        # (55) does not say whether the chief is one
        assert row.direct_leaders == exactly(5)
        assert (row.span, row.knowing) == (exactly(5), Knowing.SETTLED)
        assert row.reach == Interval(1700 * 0.95 - 1, 1700 * 1.05)
        assert reach_words(silkeborg, "sundheds-og-omsorgschef") == "ca. 1.700"
        assert holder(silkeborg, "sundheds-og-omsorgschef") == "Malene Herbsleb"

    def test_the_section_leader_leads_at_least_two_and_about_36_are_below(self, silkeborg):
        row = spans(silkeborg).of("sektionsleder-sekretariatet")
        # "direkte leder for teamlederen og aktuelt for et team af medarbejdere" (116-117): one
        # leader, and a team whose size the document does not give
        assert row.direct_leaders == exactly(1)
        assert row.direct_staff == Interval(1, None)
        assert (row.span, row.firm_span) == (Interval(2, None), Interval(2, None))
        # "sektionslederen, 1 teamleder og ca. 35 medarbejdere" (57): 33.25 to 36.75 employees,
        # outwards 33 to 37, and the team leader
        assert row.reach == Interval(33 + 1, 37 + 1)
        assert reach_words(silkeborg, "sektionsleder-sekretariatet") == "ca. 36"

    def test_the_group_director_may_have_more_than_this_department(self, silkeborg):
        row = spans(silkeborg).of("koncerndirektoer")
        assert row.span == Interval(1, None)
        assert row.reach.low == 1700 * 0.95  # the chief and those below
        # no fewer are shown than below the chief, who is one more
        assert reach_words(silkeborg, "koncerndirektoer") == "mindst ca. 1.701"
        assert row.reach.high is None

    def test_a_post_that_is_only_considered_is_planned(self, silkeborg):
        # One more team leader is considered (line 58-59)
        assert silkeborg.status("teamleder-overvejet") is Status.PLANNED
        assert silkeborg.status("teamleder") is Status.UNNAMED

    def test_the_chain(self, silkeborg):
        assert chain_to_top(silkeborg, "sektionsleder-sekretariatet") == (
            "sektionsleder-sekretariatet",
            "sundheds-og-omsorgschef",
            "koncerndirektoer",
        )

    def test_the_afdelingsledelse_of_six(self, silkeborg):
        # the section leader, four others and the chief (178-179)
        assert members(silkeborg, "afdelingsledelsen") == 1 + 4 + 1 == 6

    def test_four_peers(self, silkeborg):
        assert len(peers(silkeborg, "sektionsleder-sekretariatet")) == 4

    def test_seven_departments_and_three_staff_units(self, silkeborg):
        below = [silkeborg.units[one] for one in silkeborg.subunits["silkeborg-kommune"]]
        count = {"driftsafdeling": 0, "central stab": 0}
        for unit in below:
            count[unit.kind_id] += unit.count
        assert count == {"driftsafdeling": 7, "central stab": 3}  # lines 46-48

    def test_who_serves_the_committees(self, silkeborg):
        served = {
            one.to_id: one.from_id for one in silkeborg.relations if one.kind.value == "serves"
        }
        assert served["aeldreudvalget"] == "sekretariatet"
        assert served["sundheds-og-naerhedsudvalget"] == "sekretariatet"
        assert served["seniorraadet"] == "konsulentteamet"

    def test_dates(self, silkeborg):
        assert dates(silkeborg, "sektionsleder-sekretariatet") == (
            "2025-10-06 deadline, 2025-10-21 interview, 2025-10-27 meeting, "
            "2025-10-29 interview, 2025-12-01 start"
        )


class TestAllTogether:
    def test_five_posts_are_advertised_one_is_acting_one_is_considered(self, shipped):
        counted = dict.fromkeys(Status, 0)
        for organisation in shipped.values():
            for post in organisation.positions:
                counted[organisation.status(post)] += 1
        assert counted[Status.VACANT] == 1 + 1 + 1 + 2
        assert counted[Status.ACTING] == 1
        assert counted[Status.PLANNED] == 1

    def test_nineteen_leaders_and_one_politician_are_named(self, shipped):
        named = {
            key: len({person.id for post in one.positions for person in one.holders(post)})
            for key, one in shipped.items()
        }
        assert named == {"aalborg": 10 + 1, "ballerup": 2, "silkeborg": 2, "skanderborg": 5}
        assert sum(named.values()) == 19 + 1

    def test_a_unit_never_states_more_than_the_one_above(self, shipped):
        for organisation in shipped.values():
            assert not [f for f in findings(organisation) if f.code == "totals-disagree"]

    @pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
    def test_every_advertised_post_has_a_whole_profile(self, shipped, name):
        organisation = shipped[name]
        vacant = {
            post for post in organisation.positions if organisation.status(post) is Status.VACANT
        }
        assert vacant == set(organisation.profiles)
        for profile in organisation.profiles.values():
            assert profile.summary
            assert profile.responsibilities
            assert profile.first_year
            assert profile.expectations
            assert profile.contacts
            assert profile.further_reading
            assert profile.milestone(MilestoneKind.DEADLINE)
            assert profile.milestone(MilestoneKind.START)
            for item in (*items_of(profile), *profile.milestones, *profile.contacts):
                assert item.evidence.all(), item

    @pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
    def test_every_principle_says_what_it_asks_in_both_languages_and_cites(self, shipped, name):
        assert shipped[name].frameworks
        for framework in shipped[name].frameworks:
            assert framework.summary
            for principle in (*framework.definition, *framework.principles, *framework.steering):
                assert principle.asks
                for one in (principle, *principle.asks):
                    assert one.text.en
                    assert one.evidence.whole

    def test_every_text_is_in_both_languages(self, shipped):
        for organisation in shipped.values():
            record = organisation.record
            assert all(finding.message.en for finding in record.findings)
            assert all(position.title.en for position in record.positions)
            for unit in record.units:
                assert unit.description is None or unit.description.en
            for group in record.groups:
                assert group.purpose is None or group.purpose.en
            for profile in record.profiles:
                assert all(item.text.en for item in items_of(profile))


class TestAalborg:
    """Document 004, two profiles in one file."""

    def test_the_director_leads_five_leaders_and_nobody_says_how_many_others(self, aalborg):
        # two heads of staff units and three heads of department (163-165)
        row = spans(aalborg).of("direktoer")
        assert row.direct_leaders == exactly(2 + 3)
        assert row.span == Interval(5, None)
        words = "5 ledere direkte; medarbejdere direkte: ikke oplyst"
        assert span_of(aalborg, "direktoer").words.text("da") == words

    def test_the_head_of_voksensocialafdelingen_leads_seven_leaders_as_stated(self, aalborg):
        # line 174: "de 7 centerchefer, som refererer til dig"
        row = spans(aalborg).of("chef-voksensocial")
        assert (row.direct_leaders, row.span) == (exactly(7), Interval(7, None))
        assert row.firm_span.low == 7
        words = "7 ledere direkte; medarbejdere direkte: ikke oplyst"
        assert span_words(aalborg, "chef-voksensocial") == words

    def test_the_head_of_boerne_og_familieafdelingen_leads_seven_or_more(self, aalborg):
        # "nærmeste leder for afdelingens chefer" (684); "flere centre og enheder, herunder" three
        # family groups, a special group and three centres (613-623)
        row = spans(aalborg).of("chef-boern-og-familie")
        assert row.direct_leaders == Interval(3 + 1 + 3, None)
        words = "mindst 7 ledere direkte; medarbejdere direkte: ikke oplyst"
        assert span_words(aalborg, "chef-boern-og-familie") == words

    def test_two_statements_of_either_headcount_are_both_shown(self, aalborg):
        # "godt 2.000" (176) and "ca. halvdelen" of 4,320 (50-52): 2,160, read as 5 % to either side;
        # "overordnet chef for" them, so the head is not one of the first
        row = spans(aalborg).of("chef-voksensocial")
        assert row.reach == Interval(2000, 2160 * 1.05)
        assert reach_words(aalborg, "chef-voksensocial") == "godt 2.000 / ca. 2.160"
        # "ca. 1000" (611) and "en fjerdedel" (52): 1,080
        row = spans(aalborg).of("chef-boern-og-familie")
        assert row.reach == Interval(1000 * 0.95 - 1, 1080 * 1.05)
        assert reach_words(aalborg, "chef-boern-og-familie") == "ca. 1.000 / ca. 1.080"
        for one in ("chef-voksensocial", "chef-boern-og-familie"):
            (note,) = reach_of(aalborg, one).notes
            assert note.text("da") == "kilderne er uenige"

    def test_the_alderman_and_the_head_of_another_administration_are_in_no_statistics(
        self, aalborg
    ):
        figures = spans(aalborg)
        left_out = {one for one, n in figures.places.items() if not figures.counted()[n]}
        assert left_out == {"raadmand", "dagtilbudschef"}
