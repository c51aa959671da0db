"""What the program does, in the order in which a person lives it: one verb on one noun per function.

    clinic
    people
    referral
    intake
    measure
    episode
    care_plan
    week
    timetable
    session
    progress
    discharge
    boards
    signing_in
    privacy
    release
    family

Beside them stand what every part uses: `actor` (who acts), `cannot` (refusals),
`program_settings` (the numbers in force), `accounts`, `submissions`, `due_work`, `installation`.
"""
