"""The threats that concern what exists, each with the tests that hold it off.

`pytest tests/test_threats.py` asks that each is there; run those of one threat with `-k` and the names below.
"""

DESK, FAMILY = "tests/pathway/privacy", "tests/pathway/privacy/test_minor_and_mother.py"
DOOR, WEB = "tests/faces/web/signing_in", "tests/faces/web"
MORE, IMPORT = "tests/test_more_threats.py", "tests/pathway/test_referral_import.py"
EXPORT = "tests/pathway/clinic_export/test_two_people.py"
HOOKS = "tests/faces/web/message_hooks/test_message_hooks.py"
OFFLINE = "tests/faces/web/offline/test_offline.py"
SUBWAY = "tests/journeys/test_without_connection.py"
MESSAGES = "tests/faces/web/conversations/test_messages.py"
WORRIES = "tests/faces/web/worries/test_worries.py"
TOKENS = "tests/test_requests_with_tokens.py"
LIMITS = "tests/faces/web/test_limits.py"
OUTBOX = "tests/pathway/message/test_outbox.py"
BACKUP = "tests/pathway/backup"
PROBER = "tests/prober/test_prober.py::test_no_answer_to_anyone_is_wrong"

THREATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "A1": (
        "An ex-partner with a family account asks for notes, groups, schedule",
        (
            f"{FAMILY}::test_before_any_consent_kim_is_as_absent_as_nobody_and_the_attempt_is_in_her_book",
            f"{FAMILY}::test_another_patients_page_is_absent_whatever_kim_allows",
            f"{MESSAGES}::test_nobody_meets_anothers_conversation",
            PROBER,
        ),
    ),
    "A2": (
        "Family access is taken back while the page is open",
        (
            f"{FAMILY}::test_revoked_at_two_it_is_denied_at_a_minute_past_and_what_was_seen_stays_written",
            f"{FAMILY}::test_shut_out_she_sees_nothing_even_with_a_consent_in_force",
            f"{MESSAGES}::test_somebody_near_writes_hears_what_the_patient_allows_and_no_more",
            "tests/journeys/test_a_mother.py::test_a_mother_is_let_in_sees_and_is_shut_out_within_a_second",
            "tests/pathway/test_my_people.py::test_stopped_it_is_over_at_once_for_the_open_page_too",
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
            f"{OUTBOX}::test_words_that_tell_the_kind_of_care_never_leave",
            f"{DOOR}/test_links.py::test_messages_name_no_clinic_and_no_treatment",
            f"{MESSAGES}::test_a_question_at_night_is_promised_answered_and_read",
        ),
    ),
    "A8": (
        "The quick way out was pressed, then Back",
        (
            f"{SUBWAY}::test_the_quick_way_out_leaves_nothing_to_come_back_to",
            f"{OFFLINE}::test_every_page_near_a_person_has_the_quick_way_out_and_leaving_signs_out",
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
        (
            f"{DESK}/test_standing.py::test_a_patient_opens_their_own_record_and_nobody_elses",
            f"{MESSAGES}::test_nobody_meets_anothers_conversation",
            PROBER,
        ),
    ),
    "G2": (
        "Others in the same video session learn who one is",
        (
            "tests/faces/web/check_ins/test_peers.py::test_a_peer_in_the_room_is_nobody_on_ones_own_pages",
            "tests/faces/web/check_ins/test_peers.py::test_a_peers_page_beside_the_video_opens_for_nobody_else",
        ),
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
            f"{OFFLINE}::test_the_plan_that_a_phone_keeps_is_the_plan_and_no_more",
            f"{OFFLINE}::test_signing_out_wipes_a_phone_that_is_nobodys_own_and_leaves_the_plan_on_ones_own",
            f"{SUBWAY}::test_offline_safety_plan_and_check_in_and_back_on_line_exactly_once",
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
        (
            f"{MORE}::test_p3_only_the_sealed_store_keeps_anything_on_the_phone",
            f"{OFFLINE}::test_a_check_in_that_waited_is_opened_for_its_writer_alone_and_kept_once_on_its_own_day",
            f"{SUBWAY}::test_offline_safety_plan_and_check_in_and_back_on_line_exactly_once",
        ),
    ),
    "R1": (
        "The data folder is encrypted for ransom",
        (
            f"{BACKUP}/test_restoring.py::test_t_r1_what_is_put_back_is_equal_and_held_from_the_first_moment",
            f"{BACKUP}/test_places.py::test_any_bit_that_is_another_one_is_found",
            "tests/faces/worker/test_held.py::test_t_r1_a_restored_system_sends_nothing_at_all",
            "tests/faces/worker/test_held.py::"
            "test_armed_the_open_crisis_climbs_on_and_what_had_waited_stays_unsent",
        ),
    ),
    "R2": (
        "Backups are deleted with the program's own rights",
        (
            f"{BACKUP}/test_places.py::test_nothing_in_a_place_is_written_over",
            f"{BACKUP}/test_places.py::"
            "test_t_r2_young_backups_are_let_go_by_no_command_and_old_ones_leave_the_chain_whole",
            f"{BACKUP}/test_places.py::test_t_r2_what_was_collected_outlives_the_place_it_came_from",
            f"{BACKUP}/test_places.py::test_t_r2_the_programs_own_user_can_remove_nothing_that_another_collected",
        ),
    ),
    "R3": (
        "A copy of the database, or a backup, is stolen",
        (
            f"{BACKUP}/test_places.py::test_without_the_keys_there_is_nothing_to_read",
            "tests/records/test_stolen_copies.py::test_no_canary_sings_in_a_sqlite_file_or_its_write_ahead_log",
        ),
    ),
    "R4": (
        "The server is gone for eight hours",
        (
            "tests/faces/web/downtime/test_downtime.py::test_the_packet_holds_what_a_day_needs_and_opens_with_its_words_alone",
            "tests/faces/web/downtime/test_downtime.py::test_it_is_never_half_there_and_its_age_is_known",
            "tests/faces/web/downtime/test_downtime.py::"
            "test_an_opening_is_told_afterwards_with_its_own_time_and_stands_in_everyones_book",
            "tests/faces/web/downtime/test_downtime.py::"
            "test_a_crisis_dealt_with_on_paper_is_entered_with_its_own_times_and_pages_nobody",
            "tests/faces/web/away/test_away.py::"
            "test_a_call_while_the_database_is_away_is_kept_told_truly_and_raised_once_with_its_own_time",
            "tests/faces/web/away/test_away.py::test_little_room_is_left_to_crises_alone",
        ),
    ),
    "I1": (
        "An administrator takes everyone out",
        (
            f"{MORE}::test_i1_no_file_holds_everyone_and_who_administers_opens_nobody",
            f"{EXPORT}::test_t_i1_one_person_alone_is_refused",
            f"{EXPORT}::test_t_i1_who_has_no_such_role_neither_asks_nor_allows",
            f"{EXPORT}::test_t_i1_a_reason_is_asked_for_and_a_no_is_final",
            f"{EXPORT}::test_t_i1_taken_it_stands_in_everyones_book_and_the_officer_hears_each_step",
            f"{EXPORT}::test_t_i1_one_a_day_and_each_is_asked_for_anew",
            f"{EXPORT}::test_t_i1_a_yes_lapses_and_goes_with_who_gave_it",
        ),
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
            f"{WORRIES}::test_the_answer_is_the_same_page_whether_or_not_anyone_is_ours",
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
    "M2": (
        "An app asks with scopes, launches and audiences of its own choice",
        (
            f"{TOKENS}::test_m2_no_address_gives_or_takes_a_token",
            f"{TOKENS}::test_m2_a_token_is_no_sign_in",
            f"{TOKENS}::test_m2_nobody_is_led_elsewhere_by_what_an_address_says",
            f"{TOKENS}::test_m2_the_addresses_that_speak_fhir_are_those_that_ask_for_a_sign_in",
        ),
    ),
    "M3": (
        "A client asks without end",
        (
            f"{LIMITS}::test_t_m3_ten_thousand_in_a_minute_are_held_to_the_limit_and_the_crisis_path_is_not",
            f"{LIMITS}::test_one_clients_flood_takes_nobody_elses_turn_behind_the_same_address",
            f"{LIMITS}::test_made_up_cookies_buy_no_allowance",
            f"{LIMITS}::test_all_that_belongs_to_a_crisis_is_on_its_path",
            f"{LIMITS}::test_the_program_itself_limits_and_what_a_client_asks_of_a_list_changes_nothing",
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
            f"{HOOKS}::test_without_the_providers_signature_nothing_counts",
            f"{HOOKS}::test_t_c1_a_forged_text_closes_takes_and_changes_nothing",
        ),
    ),
    "C2": (
        "A link is forwarded, or opened by a mail scanner",
        (
            f"{DOOR}/test_links.py::test_opening_a_link_changes_nothing_and_its_token_is_not_stored",
            f"{DOOR}/test_links.py::test_a_link_works_once",
            f"{DOOR}/test_links.py::test_a_link_lasts_ten_minutes",
            f"{DOOR}/test_links.py::test_a_forwarded_link_does_not_open_in_another_browser",
            f"{DOOR}/test_by_link.py::test_a_link_by_mail_opens_by_a_press_once_here_and_for_ten_minutes",
        ),
    ),
    "C3": (
        "A provider takes messages and drops them",
        (
            f"{OUTBOX}::test_without_word_that_it_arrived_the_next_way_goes_after_half_a_minute",
            f"{OUTBOX}::test_a_provider_that_says_it_was_lost_calls_the_next_way_at_once",
            "tests/faces/worker/test_lane.py::test_a_provider_that_takes_and_drops_is_noticed",
        ),
    ),
}
