//! Whole-system tests live in `system/` and `e2e/`.
