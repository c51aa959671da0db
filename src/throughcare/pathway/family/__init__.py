"""The patient's own account, and those of people close to them: invitations, and what each of them is shown."""
