"""What the program does, in the order in which a person lives it: one verb on one noun per function.

    clinic
    people
    referral
    intake
    measure
    episode
    care_plan
    week
    session
    progress
    discharge
    boards

Beside them stand what every part uses: `actor` (who acts), `privacy` (the desk), `cannot` (refusals),
`program_settings` (the numbers in force), `accounts`, `submissions`, `due_work`, `installation`.
"""
