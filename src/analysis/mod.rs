//! From columns to answers. (Being written.)
