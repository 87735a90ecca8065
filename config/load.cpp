namespace polar_flow {} // namespace polar_flow
