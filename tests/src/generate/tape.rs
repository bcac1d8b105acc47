//! A tape of numbers from which a generator draws its choices. Zero is always the plainest choice, so that a shrunk tape is a plain case.

/// A tape that is read from the front; past its end every choice is the plainest.
#[derive(Clone, Debug)]
pub struct Tape<'a>(std::slice::Iter<'a, u16>);

impl<'a> Tape<'a> {
    /// A tape at its front.
    #[must_use]
    pub fn new(choices: &'a [u16]) -> Self {
        Self(choices.iter())
    }

    fn next(&mut self) -> u16 {
        self.0.next().copied().unwrap_or_default()
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (usize::from(self.next()) * limit) >> 16
    }

    /// Yes, so many times in a hundred; no, on an empty tape.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of these; the first is the plainest.
    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }

    /// One of these texts.
    pub fn word(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len())]
    }

    /// Between `least` and `most` things, each drawn.
    pub fn several<T>(&mut self, least: usize, most: usize, mut draw: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = least + self.below(most - least + 1);
        (0..count).map(|_| draw(self)).collect()
    }
}
