//! Tables of declarations by name and id, and the ids.

use std::marker::PhantomData;
use std::ops::Index;
use std::sync::Arc;

use indexmap::IndexMap;

/// An id: an index into the table that made it.
pub trait Id: Copy {
    /// The id of an index.
    fn from_index(index: usize) -> Self;
    /// Its index.
    fn index(self) -> usize;
}

macro_rules! id {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) u32);
        impl $crate::tree::table::Id for $name {
            fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
pub(crate) use id;

/// Declarations of one kind, by name, in the order in which they were met (which never becomes meaning). A copy shares them with the
/// original until one of the two changes.
#[derive(Clone, Debug)]
pub struct Table<I, T> {
    entries: Arc<IndexMap<Arc<str>, Arc<T>>>,
    ids: PhantomData<I>,
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self { entries: Arc::default(), ids: PhantomData }
    }
}

impl<I: Id, T> Table<I, T> {
    /// Adds a declaration; gives the earlier one's id back, unchanged, when the name is taken.
    ///
    /// # Errors
    /// The id of the declaration that has the name already.
    pub fn insert(&mut self, name: &str, value: T) -> Result<I, I> {
        if let Some(index) = self.entries.get_index_of(name) {
            return Err(I::from_index(index));
        }
        let entries = Arc::make_mut(&mut self.entries);
        Ok(I::from_index(entries.insert_full(name.into(), Arc::new(value)).0))
    }

    /// The id of a name.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<I> {
        self.entries.get_index_of(name).map(I::from_index)
    }

    /// A declaration, if the id is of this table.
    #[must_use]
    pub fn get(&self, id: I) -> Option<&T> {
        self.entries.get_index(id.index()).map(|(_, value)| &**value)
    }

    /// A declaration, to change it.
    pub fn get_mut(&mut self, id: I) -> Option<&mut T>
    where
        T: Clone,
    {
        Arc::make_mut(&mut self.entries).get_index_mut(id.index()).map(|(_, value)| Arc::make_mut(value))
    }

    /// A declaration's name; empty if the id is not of this table.
    #[must_use]
    pub fn name(&self, id: I) -> &str {
        self.entries.get_index(id.index()).map_or("", |(name, _)| &**name)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(|name| &**name)
    }

    /// All declarations with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (I, &T)> {
        self.entries.values().enumerate().map(|(index, value)| (I::from_index(index), &**value))
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.entries.len()).map(I::from_index)
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    #[allow(clippy::panic, reason = "an id is made only by the table that holds its declaration")]
    fn index(&self, id: I) -> &T {
        let Some(value) = self.get(id) else { panic!("an id of another policy") };
        value
    }
}
