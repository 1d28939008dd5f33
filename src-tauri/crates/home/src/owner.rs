//! The process that owns a home: lock, ledger, engine, listener and socket, started in this order and stopped in the
//! reverse one.

use crate::door::{Door, Listen};
use crate::folder::{Rooms, prepare_socket_folder, private_folder};
use crate::house::House;
use crate::ledger::EngineLedger;
use crate::lock::{Lock, Note};
use crate::open::Options;
use crate::roads::Roads;
use crate::secrets::Secrets;
use crate::tls::Files;
use crate::{Machine, VERSION, faults, identity, log};
use api::socket::{OwnerKind, Server};
use api::{ApiError, Backend, Desktop, InProcess};
use engine::ports::Hands;
use engine::{Engine, Setup};
use std::path::PathBuf;
use std::sync::Arc;
use store::Opening;

pub(crate) struct Owner {
    rooms: Rooms,
    role: OwnerKind,
    engine: Engine,
    house: Arc<House>,
    backend: Arc<InProcess>,
    server: Option<Server>,
    // Last, for it is let go of last.
    lock: Lock,
}

impl Owner {
    pub async fn move_in(mut lock: Lock, rooms: Rooms, machine: Arc<Machine>, options: Options) -> Result<Self, ApiError> {
        let process = std::process::id();
        lock.say(&Note { owner: options.role, process, socket: None });
        log::keep_in(&rooms.logs());
        if options.role != OwnerKind::Command {
            // Where it cannot be made, the backup says so when it is due.
            drop(private_folder(&rooms.backups()));
        }
        let roads = Roads::new(Secrets::open(&rooms.folder, options.secrets.clone()));
        let engine = start_engine(&rooms, &options, &roads)?;
        let ledger = EngineLedger::new(engine.clone(), roads.secrets(), rooms.attachments());
        let door =
            Door::new(ledger, options.role, options.listen.clone().map(|address| Listen { address, tls: options.tls }), Files::own(&rooms));
        let house = Arc::new(House::new(rooms.clone(), machine, engine.clone(), options.role, door, roads));
        house.open_door().await;
        let backend = Arc::new(InProcess::new(engine.clone(), house.clone()));
        let server = start_server(&rooms, options.role, backend.clone(), &house);
        if server.is_some() {
            lock.say(&Note { owner: options.role, process, socket: Some(rooms.socket().path().to_path_buf()) });
        }
        if options.role != OwnerKind::Command {
            tracing::info!(owner = ?options.role, version = VERSION, "home opened");
        }
        Ok(Self { rooms, role: options.role, engine, house, backend, server, lock })
    }

    pub fn backend(&self) -> Arc<dyn Backend> {
        self.backend.clone()
    }

    pub const fn role(&self) -> OwnerKind {
        self.role
    }

    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    pub fn socket(&self) -> Option<PathBuf> {
        self.server.as_ref().map(|_| self.rooms.socket().path().to_path_buf())
    }

    pub fn set_desktop(&self, desktop: Arc<dyn Desktop>) {
        self.backend.set_desktop(desktop);
    }

    pub async fn move_out(self) {
        if let Some(server) = self.server {
            server.stop().await;
        }
        self.house.close_door().await;
        let device = self.engine.with_writer(|writer| Ok((writer.device(), writer.seq()))).await;
        self.engine.stop().await;
        if let Ok((device, seq)) = device {
            identity::remember(&self.rooms, device, seq);
        }
        if self.role != OwnerKind::Command {
            tracing::info!("home closed");
        }
        drop(self.lock);
    }
}

fn start_engine(rooms: &Rooms, options: &Options, roads: &Roads) -> Result<Engine, ApiError> {
    let opening = Opening { path: rooms.database(), device: options.ports.new_device(), now: options.ports.clock.now() };
    let (mut writer, readers) = store::open(&opening).map_err(|fault| faults::ledger(rooms, &fault))?;
    identity::settle(rooms, &mut writer, &options.ports)?;
    let setup = Setup {
        store: (writer, readers),
        clock: options.ports.clock.clone(),
        entropy: options.ports.entropy.clone(),
        hands: Hands { notifier: options.notifier.clone(), poster: Some(roads.poster()) },
        duties: options.role != OwnerKind::Command,
        network: Some(options.ports.network.clone()),
        backups: (options.role != OwnerKind::Command).then(|| rooms.backups()),
    };
    Ok(Engine::start(setup)?)
}

/// A command is over before anybody could ask it anything. For the others a home without a socket is still a home:
/// `doctor` says what is wrong.
fn start_server(rooms: &Rooms, role: OwnerKind, backend: Arc<InProcess>, house: &House) -> Option<Server> {
    if role == OwnerKind::Command {
        return None;
    }
    let started = prepare_socket_folder().and_then(|()| Server::start(&rooms.socket(), backend, role, VERSION));
    started
        .map_err(|fault| {
            tracing::error!(%fault, "local socket");
            house.socket_failed(&fault.to_string());
        })
        .ok()
}
