"""What a request for help holds, who looks alike, what comes next and by when."""
