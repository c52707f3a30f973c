"""The shipped organisations against their documents: every number worked out by hand, in the test."""

import pytest

from orgmodel import chain_to_top, findings, peers, spans
from orgmodel.analysis.figures import Figures
from orgmodel.model.amounts import Interval
from orgmodel.model.entities import MilestoneKind, Status


def reach_words(organisation, position_id):
    figure = Figures(spans(organisation)).reach(position_id)
    assert figure is not None
    return figure.words.text("da")


def holder(organisation, position_id):
    return ", ".join(person.name for person in organisation.holders(position_id))


def members(organisation, group_id):
    """How many seats the listed members of a group have."""
    return sum(
        organisation.positions[one.position_id].seats
        for one in organisation.groups[group_id].members
    )


def dates(organisation, position_id):
    return [
        (str(stone.date), stone.kind.value)
        for stone in organisation.profiles[position_id].milestones
    ]


class TestBallerup:
    """Documents 000 (advert) and 001 (framework)."""

    def test_the_leader_of_the_nursing_home_area_has_seven_direct_leaders(self, ballerup):
        row = spans(ballerup).of("leder-plejehjemsomraadet")
        # "seks plejehjemsledere og en leder af Køkken Ballerup" (line 13)
        assert row.direct_leaders == 6 + 1 == 7
        assert row.span.low == 7
        assert row.status is Status.VACANT

    def test_about_500_are_below_that_leader(self, ballerup):
        row = spans(ballerup).of("leder-plejehjemsomraadet")
        # "ca. 500 medarbejdere" (line 14), read as 5 % to either side, less the leader's own seat
        assert row.reach == Interval(500 * 0.95 - 1, 500 * 1.05 - 1) == Interval(474, 524)
        assert reach_words(ballerup, "leder-plejehjemsomraadet") == "ca. 500"

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
        assert (row.direct_leaders, holder(ballerup, "centerchef")) == (3 + 1, "Dorte Dahl")
        assert row.reach == Interval(1800 * 0.95 - 1, 1800 * 1.05 - 1)
        assert reach_words(ballerup, "centerchef") == "ca. 1.800"

    def test_what_is_not_distributed(self, ballerup):
        (finding,) = [f for f in findings(ballerup) if f.code == "headcount-not-distributed"]
        # 1,710 to 1,890 less 475 to 525, less the centerchef and three leaders of the other parts
        low, high = 1710 - 525 - 1 - 3, 1890 - 475 - 1 - 3
        assert f"{low:,}".replace(",", ".") in finding.message.text("da")
        assert f"{high:,}".replace(",", ".") in finding.message.text("da")

    def test_the_chain_of_the_named_nursing_home_leader(self, ballerup):
        assert chain_to_top(ballerup, "plejehjemsleder") == (
            "plejehjemsleder",
            "leder-plejehjemsomraadet",
            "centerchef",
        )
        assert holder(ballerup, "plejehjemsleder") == "Signe Bach Damm"

    def test_the_one_line_that_a_source_states(self, ballerup):
        explicit = [key for key, line in ballerup.lines.items() if line.basis.value == "explicit"]
        stated = [key for key in explicit if ballerup.lines[key].superior_id]
        assert stated == ["leder-plejehjemsomraadet"]  # "refererer til centerchefen" (71-72)

    def test_dates(self, ballerup):
        assert dates(ballerup, "leder-plejehjemsomraadet") == [
            ("2026-01-15", "deadline"),
            ("2026-01-21", "interview"),
            ("2026-01-27", "interview"),
            ("2026-03-01", "start"),
        ]

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
        # eight contract areas (line 7) and the head of the Fagsekretariat (line 15)
        assert row.direct_leaders == 8 + 1 == 9
        assert row.span == Interval(9, 9)
        assert holder(skanderborg, "chef-soh") == "Morten Ilsøe"

    def test_eight_contract_areas(self, skanderborg):
        below = [skanderborg.units[one] for one in skanderborg.subunits["soh"]]
        areas = [unit for unit in below if unit.id != "fagsekretariatet"]
        # Sølund, Fællesskaberne, four plejedistrikter, Aktivitet og Træning, Vores Køkken (9-13)
        assert sum(unit.count for unit in areas) == 1 + 1 + 4 + 1 + 1 == 8

    def test_about_2300_are_below_the_chief(self, skanderborg):
        row = spans(skanderborg).of("chef-soh")
        assert row.reach == Interval(2300 * 0.95 - 1, 2300 * 1.05 - 1)
        assert reach_words(skanderborg, "chef-soh") == "ca. 2.300"

    def test_the_head_of_the_fagsekretariat_has_four_direct_leaders_and_about_90(
        self, skanderborg
    ):
        row = spans(skanderborg).of("myndigheds-og-sekretariatschef")
        assert row.direct_leaders == 4  # "fire dygtige og ansvarsfulde ledere" (line 19)
        assert row.span == Interval(4, 4)
        # "ca. 90 medarbejdere" (line 21): 85.5 to 94.5, outwards to whole heads, less the own seat
        assert row.reach == Interval(85 - 1, 95 - 1)
        assert reach_words(skanderborg, "myndigheds-og-sekretariatschef") == "ca. 90"

    def test_the_chefgruppe_of_ten_meets_twice_a_month(self, skanderborg):
        assert members(skanderborg, "chefgruppen-soh") == 1 + 8 + 1 == 10
        cadence = skanderborg.groups["chefgruppen-soh"].cadence
        assert cadence is not None
        assert cadence.text("en") == "regularly twice a month"

    def test_the_head_of_the_fagsekretariat_chairs_the_lokalmed(self, skanderborg):
        (member,) = skanderborg.groups["lokalmed"].members
        assert (member.position_id, member.role.value) == (
            "myndigheds-og-sekretariatschef",
            "chair",
        )

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
        assert not [
            key
            for key, line in skanderborg.lines.items()
            if line.superior_id and line.basis.value == "explicit"
        ]

    def test_dates(self, skanderborg):
        assert dates(skanderborg, "myndigheds-og-sekretariatschef") == [
            ("2026-08-09", "deadline"),
            ("2026-08-12", "other"),
            ("2026-08-18", "interview"),
            ("2026-08-26", "interview"),
            ("2026-10-01", "start"),
            ("2026-10", "meeting"),
            ("2026", "other"),
        ]

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
        # Five sections, each with a leader (line 53-55), and "cirka 1.700 medarbejdere" (line 55)
        assert row.direct_leaders == 5
        assert row.span == Interval(5, 5)
        assert row.reach == Interval(1700 * 0.95 - 1, 1700 * 1.05 - 1)
        assert reach_words(silkeborg, "sundheds-og-omsorgschef") == "ca. 1.700"
        assert holder(silkeborg, "sundheds-og-omsorgschef") == "Malene Herbsleb"

    def test_the_section_leader_has_one_direct_leader_and_about_35_below(self, silkeborg):
        row = spans(silkeborg).of("sektionsleder-sekretariatet")
        assert row.direct_leaders == 1
        # "sektionslederen, 1 teamleder og ca. 35 medarbejdere" (57): 33.25 to 36.75 employees,
        # outwards 33 to 37, and the team leader
        assert row.reach == Interval(33 + 1, 37 + 1)
        assert reach_words(silkeborg, "sektionsleder-sekretariatet") == "ca. 35"

    def test_the_direct_team_is_an_interval_and_not_a_zero(self, silkeborg):
        row = spans(silkeborg).of("sektionsleder-sekretariatet")
        # "aktuelt for et team af medarbejdere" (117), whose size the document does not give
        assert row.direct_staff == Interval(0, 37)
        assert row.span == Interval(1, 1 + 37)

    def test_the_group_director_may_have_more_than_this_department(self, silkeborg):
        row = spans(silkeborg).of("koncerndirektoer")
        assert row.span == Interval(1, None)
        assert row.reach.low == 1700 * 0.95  # the chief and those below
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
        assert dates(silkeborg, "sektionsleder-sekretariatet") == [
            ("2025-10-06", "deadline"),
            ("2025-10-21", "interview"),
            ("2025-10-27", "meeting"),
            ("2025-10-29", "interview"),
            ("2025-12-01", "start"),
        ]


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
            for item in (
                *profile.responsibilities,
                *profile.first_year,
                *profile.success,
                *profile.expectations,
                *profile.milestones,
                *profile.contacts,
                *profile.further_reading,
            ):
                assert item.evidence.all(), item

    @pytest.mark.parametrize("name", ["aalborg", "ballerup", "silkeborg", "skanderborg"])
    def test_every_principle_says_what_it_asks_in_both_languages_and_cites(self, shipped, name):
        assert shipped[name].frameworks
        for framework in shipped[name].frameworks:
            assert framework.summary
            for principle in (
                *framework.definition,
                *framework.principles,
                *framework.steering,
            ):
                assert principle.text.en
                assert principle.asks
                assert principle.evidence.whole
                for ask in principle.asks:
                    assert ask.text.en
                    assert ask.evidence.whole

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
                for item in (
                    *profile.responsibilities,
                    *profile.first_year,
                    *profile.success,
                    *profile.expectations,
                    *profile.further_reading,
                ):
                    assert item.text.en
