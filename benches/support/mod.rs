//! What the benchmarks share: the service in a process of its own, the library as a C program
//! loads it, figures and tables.

pub mod figures;
pub mod library;
pub mod probe;
pub mod service;
