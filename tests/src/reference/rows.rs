//! A truth table: for each set of deeds, whether something is so once they are done. No algebra, no index: every set is a row.

use std::fmt;
use std::ops::{BitAnd, BitOr};

/// The most deeds that a table can hold.
pub const MOST: usize = 10;
const WORDS: usize = (1 << MOST) / 64;

/// One bit a set of deeds; deed `i` is done in row `r` if bit `i` of `r` is set.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rows([u64; WORDS]);

impl Rows {
    /// So in every row.
    pub const TRUE: Self = Self([u64::MAX; WORDS]);
    /// So in none.
    pub const FALSE: Self = Self([0; WORDS]);

    /// The same in every row.
    #[must_use]
    pub fn fixed(so: bool) -> Self {
        if so { Self::TRUE } else { Self::FALSE }
    }

    /// So where this deed is done.
    #[must_use]
    pub fn deed(index: usize) -> Self {
        const EACH: [Rows; MOST] = Rows::deeds();
        EACH[index]
    }

    const fn deeds() -> [Self; MOST] {
        let mut deeds = [Self::FALSE; MOST];
        let mut index = 0;
        while index < MOST {
            let mut row = 0;
            while row < 1 << MOST {
                deeds[index].0[row / 64] |= ((row >> index & 1) as u64) << (row % 64);
                row += 1;
            }
            index += 1;
        }
        deeds
    }

    /// Whether it is so in a row.
    #[must_use]
    pub fn at(&self, row: usize) -> bool {
        self.0[row / 64] >> (row % 64) & 1 == 1
    }

    /// Whether `self` is so wherever `other` is.
    #[must_use]
    pub fn follows_from(&self, other: &Self) -> bool {
        (0..WORDS).all(|word| other.0[word] & !self.0[word] == 0)
    }
}

impl BitAnd for Rows {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }
}

impl BitOr for Rows {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::TRUE => f.write_str("always"),
            Self::FALSE => f.write_str("never"),
            _ => {
                let rows: Vec<usize> = (0..32).filter(|row| self.at(*row)).collect();
                write!(f, "after {rows:?}")
            }
        }
    }
}
