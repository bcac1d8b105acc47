//! The nearest name, for “did you mean”.

/// Nobody types a longer name; comparing two of them would take long.
const LONGEST: usize = 100;

/// The name among `among` that is nearest to `wanted`, if it is near enough to be meant: at most a third of its letters differ.
#[must_use]
pub fn nearest<'a>(wanted: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.len() > LONGEST {
        return None;
    }
    let limit = (wanted.chars().count() / 3).max(1);
    among
        .filter(|name| *name != wanted && name.len().abs_diff(wanted.len()) <= limit + 2)
        .map(|name| (distance(&wanted.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, name)| (*distance, *name))
        .map(|(_, name)| name)
}

/// How many letters must be added, dropped, changed or swapped with their neighbour (optimal string alignment).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous: Option<char> = None;
    for (row, letter) in one.chars().enumerate() {
        let mut next = vec![row + 1];
        for (column, theirs) in other.iter().enumerate() {
            let get = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = (get(&last, column) + usize::from(letter != *theirs))
                .min(get(&last, column + 1) + 1)
                .min(get(&next, column) + 1);
            let swapped =
                column.checked_sub(1).is_some_and(|left| other.get(left) == Some(&letter) && previous == Some(*theirs));
            if swapped {
                best = best.min(column.checked_sub(1).map_or(usize::MAX, |left| get(&before, left) + 1));
            }
            next.push(best);
        }
        before = std::mem::replace(&mut last, next);
        previous = Some(letter);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant_and_nothing_else() {
        let words = ["cellular", "cordless", "wired", "recording"];
        assert_eq!(nearest("celular", words.into_iter()), Some("cellular"));
        assert_eq!(nearest("recordign", words.into_iter()), Some("recording"));
        assert_eq!(nearest("telephone", words.into_iter()), None);
    }
}
