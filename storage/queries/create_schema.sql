CREATE SCHEMA polar_flow
