"""What tests earn."""
