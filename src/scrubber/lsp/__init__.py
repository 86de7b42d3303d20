"""A language server: findings, repairs and decisions where somebody writes."""
