//! What is sent to the client: a queue without a bound before the connection, whose writer waits for the client. A client that reads
//! slowly never holds up the main loop.

use std::io;
use std::thread;

use crossbeam_channel::{Sender, unbounded};
use lsp_server::{Message, Notification};
use serde_json::{Value, json};

/// The way to the client.
#[derive(Clone)]
pub struct Outbox(Sender<Message>);

impl Outbox {
    /// Starts the thread that passes messages on.
    pub fn new(connection: Sender<Message>) -> io::Result<Self> {
        let (sender, receiver) = unbounded::<Message>();
        thread::Builder::new()
            .name("outbox".to_owned())
            .spawn(move || receiver.into_iter().try_for_each(|message| connection.send(message)))?;
        Ok(Self(sender))
    }

    /// Sends a message; a client that is gone needs none.
    pub fn send(&self, message: Message) {
        let _ = self.0.send(message);
    }

    /// Sends a notification.
    pub fn tell(&self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params }.into());
    }

    /// Writes a line to the client's log.
    pub fn log(&self, message: &str) {
        self.tell("window/logMessage", json!({ "type": 2, "message": message }));
    }

    /// Shows an error to the person.
    pub fn show_error(&self, message: &str) {
        self.tell("window/showMessage", json!({ "type": 1, "message": message }));
    }

    /// Shows a message to the person.
    pub fn show(&self, message: &str) {
        self.tell("window/showMessage", json!({ "type": 3, "message": message }));
    }
}
