"""What a care plan may hold and when it is looked at again."""
