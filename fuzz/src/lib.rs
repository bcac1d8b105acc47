//! What must hold of any bytes. Each module is one property, stated once; the fuzz targets hand it what the fuzzer makes up.

pub mod call;
pub mod deciding;
pub mod layout;
pub mod reading;
pub mod serving;
