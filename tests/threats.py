"""The threats that concern what exists, each with the tests that hold it off.

`pytest tests/test_threats.py` asks that each is there; run those of one threat with `-k` and the names below.
"""

DESK, FAMILY = "tests/pathway/privacy", "tests/pathway/privacy/test_minor_and_mother.py"
DOOR, WEB = "tests/faces/web/signing_in", "tests/faces/web"
MORE, IMPORT = "tests/test_more_threats.py", "tests/pathway/test_referral_import.py"
PROBER = "tests/prober/test_prober.py::test_no_answer_to_anyone_is_wrong"

THREATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "A1": (
        "An ex-partner with a family account asks for notes, groups, schedule",
        (
            f"{FAMILY}::test_before_any_consent_kim_is_as_absent_as_nobody_and_the_attempt_is_in_her_book",
            f"{FAMILY}::test_another_patients_page_is_absent_whatever_kim_allows",
            PROBER,
        ),
    ),
    "A2": (
        "Family access is taken back while the page is open",
        (
            f"{FAMILY}::test_revoked_at_two_it_is_denied_at_a_minute_past_and_what_was_seen_stays_written",
            f"{FAMILY}::test_shut_out_she_sees_nothing_even_with_a_consent_in_force",
            PROBER,
        ),
    ),
    "A3": (
        "A relative guesses who else is in the group",
        (f"{FAMILY}::test_more_kinds_show_more_but_never_who_else_is_there", PROBER),
    ),
    "A4": (
        "An abuser resets the patient's password through shared e-mail",
        (
            f"{DOOR}/test_links.py::test_a_reset_asks_the_second_step_and_keeps_it",
            f"{DOOR}/test_links.py::test_a_reset_ends_every_session_and_the_person_is_told",
            f"{DOOR}/test_links.py::test_messages_name_no_clinic_and_no_treatment",
        ),
    ),
    "A5": (
        "A patient says that home isn't safe",
        (
            f"{DESK}/test_reaching.py::test_t_a5_nothing_is_mailed_home_and_what_was_prepared_is_withheld",
            f"{DESK}/test_reaching.py::test_t_a5_papers_carry_no_way_home",
            f"{DESK}/test_reaching.py::test_t_a5_no_mail_goes_to_them",
            f"{DESK}/test_reaching.py::test_t_a5_family_sees_no_hint_of_it",
        ),
    ),
    "A6": (
        "Someone becomes family by a forged consent",
        (
            f"{FAMILY}::test_who_staff_invite_sees_nothing_before_a_days_notice",
            f"{FAMILY}::test_nobody_becomes_family_by_themselves",
            f"{DESK}/test_consent.py::test_only_the_patient_signs_in_again_and_only_staff_witness",
        ),
    ),
    "A7": (
        "Messages are read on a lock screen",
        (
            f"{MORE}::test_a7_no_message_says_what_this_is_about",
            f"{DOOR}/test_links.py::test_messages_name_no_clinic_and_no_treatment",
        ),
    ),
    "A9": (
        "A minor's parent asks where the minor decided",
        (
            f"{FAMILY}::test_the_state_lets_kim_decide_alone_and_nobody_may_sign_beside_her",
            f"{FAMILY}::test_the_mother_calls_and_is_told_neither_yes_nor_no",
        ),
    ),
    "S1": (
        "A nurse opens a colleague off the panel",
        (
            f"{DESK}/test_emergency.py::"
            "test_t_s1_a_guarded_record_off_the_panel_opens_with_a_reason_and_the_officers_are_told",
        ),
    ),
    "S2": (
        "Someone opens 200 charts in ten minutes",
        (
            f"{DESK}/test_anomaly_watch.py::"
            "test_t_s2_two_hundred_charts_in_ten_minutes_are_told_within_a_minute_and_once",
            f"{DESK}/test_anomaly_watch.py::test_t_s2_a_normal_week_is_told_nothing_of",
        ),
    ),
    "S3": (
        "The front desk opens a note by address, print, PDF, snippet, search",
        ("tests/test_threats.py::test_s3_reception_opens_no_record_in_any_way", PROBER),
    ),
    "S4": (
        "A biller sees more than a claim needs",
        ("tests/test_threats.py::test_s4_a_biller_opens_no_page_of_what_was_said_or_planned", PROBER),
    ),
    "S5": (
        "Someone edits a signed note",
        (
            f"{WEB}/sessions/test_note_pages.py::test_a_signed_note_has_no_way_to_change_it",
            "tests/pathway/test_group_note.py::test_a_signed_note_takes_no_draft_and_the_shared_part_leaves_it_alone",
            "tests/test_threats.py::test_s5_the_database_itself_keeps_a_signed_note_as_it_is",
        ),
    ),
    "S6": (
        "Someone removes their traces or turns back the clock",
        (
            f"{DESK}/test_book.py::test_the_database_itself_refuses_to_change_or_remove_a_row",
            f"{DESK}/test_book.py::test_a_thousand_random_edits_are_a_thousand_found",
            "tests/test_threats.py::test_s6_a_clock_turned_back_changes_nothing_about_the_order_of_the_book",
        ),
    ),
    "S7": (
        "Let go at five, the page still open",
        (
            f"{DOOR}/test_lock.py::test_a_suspended_person_is_out_at_the_next_request",
            f"{WEB}/test_signing_in.py::test_a_suspended_account_is_out_at_its_next_page",
            PROBER,
        ),
    ),
    "G1": (
        "A patient of the same group changes an id",
        (f"{DESK}/test_standing.py::test_a_patient_opens_their_own_record_and_nobody_elses", PROBER),
    ),
    "G3": (
        "Markup in what patients write, read by a clinician",
        ("tests/journeys/test_markup_is_words.py::test_markup_that_people_write_is_shown_as_words",),
    ),
    "P1": (
        "A phone is stolen unlocked",
        (
            f"{DOOR}/test_lock.py::test_it_locks_after_fifteen_idle_minutes_and_shows_nothing",
            f"{DOOR}/test_lock.py::test_polls_and_made_up_parameters_keep_nothing_awake",
        ),
    ),
    "P2": (
        "A cookie is copied to another device",
        (
            f"{DOOR}/test_lock.py::test_a_stolen_cookie_on_another_device_is_asked_who_is_there",
            f"{DOOR}/test_lock.py::test_sign_ins_are_listed_in_words_and_ended_at_once",
        ),
    ),
    "P3": (
        "What a phone keeps is read by a file explorer",
        (f"{MORE}::test_p3_nothing_is_kept_on_the_phone",),
    ),
    "R3": (
        "A copy of the database is stolen",
        (
            "tests/records/test_stolen_copies.py::test_no_canary_sings_in_a_sqlite_file_or_its_write_ahead_log",
        ),
    ),
    "I1": (
        "An administrator takes everyone out",
        (f"{MORE}::test_i1_no_file_holds_everyone_and_who_administers_opens_nobody",),
    ),
    "I2": (
        "Someone reads the tables with SQL",
        ("tests/records/test_sealed.py::test_the_database_holds_no_word_in_clear_and_never_the_same_twice",),
    ),
    "I3": (
        "Words of patients in logs and tracebacks",
        (
            "tests/records/test_logs.py::test_a_page_that_fails_over_a_name_says_where_and_not_whom",
            "tests/prober/test_left_behind.py::test_no_word_of_anyone_is_left_in_files_and_logs_of_a_run",
        ),
    ),
    "I4": (
        "Support acts as a patient",
        (f"{MORE}::test_i4_nobody_acts_as_somebody_else",),
    ),
    "L1": (
        "A subpoena without a court order",
        (
            f"{DESK}/test_legal.py::test_t_l1_a_subpoena_alone_opens_nothing_and_the_try_is_logged",
            f"{WEB}/legal/test_legal_pages.py::test_t_l1_a_subpoena_is_refused_with_a_letter_that_says_neither",
        ),
    ),
    "L2": (
        "A court order about one patient and one period",
        (
            f"{DESK}/test_legal.py::test_t_l2_an_order_opens_one_patient_one_period_its_kinds_and_only_by_two_people",
        ),
    ),
    "L3": (
        "Police at reception ask whether someone is a patient",
        (
            f"{WEB}/front_desk/test_front_desk.py::"
            "test_t_l3_police_at_reception_get_the_same_answer_byte_for_byte_for_every_name",
            f"{WEB}/front_desk/test_front_desk.py::test_t_l3_a_search_at_reception_is_refused_the_same_for_every_name",
        ),
    ),
    "M1": (
        "A file that is a bomb, or broken",
        (
            f"{IMPORT}::test_a_gzip_bomb_is_stopped_at_the_limit",
            f"{IMPORT}::test_deep_nesting_that_json_can_hold_is_refused",
            f"{IMPORT}::test_a_broken_file_is_refused_with_its_place",
            f"{IMPORT}::test_one_bad_line_does_not_stop_the_others",
        ),
    ),
    "M4": (
        "Markup, or orders to a machine, in imported papers",
        (
            f"{MORE}::test_m4_words_in_imported_papers_are_words_to_page_and_program",
            "tests/journeys/test_markup_is_words.py::test_markup_that_people_write_is_shown_as_words",
        ),
    ),
    "C1": (
        "A forged message takes a consent back",
        (
            f"{MORE}::test_c1_what_strangers_may_send_is_stated",
            f"{MORE}::test_c1_a_forged_message_takes_no_consent_back_and_signs_none",
        ),
    ),
    "C2": (
        "A link is forwarded, or opened by a mail scanner",
        (
            f"{DOOR}/test_links.py::test_opening_a_link_changes_nothing_and_its_token_is_not_stored",
            f"{DOOR}/test_links.py::test_a_link_works_once",
            f"{DOOR}/test_links.py::test_a_link_lasts_ten_minutes",
            f"{DOOR}/test_links.py::test_a_forwarded_link_does_not_open_in_another_browser",
        ),
    ),
}
