//! The thread that answers what must wait for the meaning of a snapshot. A request that was cancelled before its turn, or while it was
//! being answered, is answered as cancelled.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::thread;

use crossbeam_channel::{Sender, unbounded};
use lsp_server::{Request, RequestId};

use super::{Cancelled, STACK};
use crate::dispatch::Dispatcher;
use crate::semantic::Semantic;
use crate::snapshot::Snapshot;

/// A request, and the workspace as it was when it came.
pub struct Task {
    /// The request.
    pub request: Request,
    /// The workspace.
    pub snapshot: Arc<Snapshot>,
    /// The newest meaning that was known then, for what does not wait.
    pub known: Option<Arc<Semantic>>,
    /// Whether it is answered from that, without waiting.
    pub at_once: bool,
    /// Whether it was cancelled.
    pub cancelled: Cancelled,
}

/// Requests that wait or are being answered.
pub type Pending = Arc<Mutex<HashMap<RequestId, Cancelled>>>;

/// Starts the thread.
pub fn start(dispatcher: Arc<Dispatcher>, pending: Pending) -> io::Result<Sender<Task>> {
    let (sender, receiver) = unbounded::<Task>();
    let run = move || {
        for task in receiver {
            dispatcher.answer(&task);
            if let Ok(mut pending) = pending.lock() {
                pending.remove(&task.request.id);
            }
        }
    };
    thread::Builder::new().name("requests".to_owned()).stack_size(STACK).spawn(run)?;
    Ok(sender)
}
