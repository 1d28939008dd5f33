//! What the desktop says about itself over the session bus: who shows notices, whether it was told to be still, whether a
//! tray is there. Every answer is evidence or absent; nothing is assumed.

/// Who shows notices, and what it can do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Server {
    /// Its product name, such as `dunst`.
    pub name: String,
    /// What it can do, in the words of the specification: `actions`, `body-markup`, `sound` …
    pub can: Vec<String>,
    /// Tells this run of it from every other: ids of notices are its own.
    pub run: String,
}

impl Server {
    /// Whether it can do that.
    pub fn can(&self, what: &str) -> bool {
        self.can.iter().any(|own| own == what)
    }
}

/// Whether notices are held back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stillness {
    /// They are shown.
    Off,
    /// They are held back.
    On,
    /// This desktop does not say.
    Unknown,
}

#[cfg(target_os = "linux")]
pub use linux::{close_notice, server, stillness, tray_host};
#[cfg(not(target_os = "linux"))]
pub use others::{close_notice, server, stillness, tray_host};

#[cfg(target_os = "linux")]
mod linux {
    use super::{Server, Stillness};
    use std::time::Duration;
    use tokio::sync::Mutex;
    use zbus::{Connection, OwnedVariant, Proxy, Variant, proxy};

    const NOTIFICATIONS: (&str, &str) = ("org.freedesktop.Notifications", "/org/freedesktop/Notifications");
    const WATCHER: (&str, &str) = ("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher");
    /// Time a service on the bus gets to answer; one that hangs counts as one that is not there.
    const PATIENCE: Duration = Duration::from_secs(3);

    static SESSION: Mutex<Option<Connection>> = Mutex::const_new(None);

    async fn session() -> Result<Connection, String> {
        let mut kept = SESSION.lock().await;
        if let Some(connection) = kept.as_ref().filter(|connection| !connection.is_closed()) {
            return Ok(connection.clone());
        }
        let connection = Connection::session().await.map_err(|fault| format!("the session bus cannot be reached: {fault}"))?;
        Ok(kept.insert(connection).clone())
    }

    async fn proxy((service, path): (&str, &str), interface: &str) -> Result<Proxy<'static>, String> {
        let connection = session().await?;
        let builder = proxy::Builder::<Proxy<'static>>::new(&connection).cache_properties(proxy::CacheProperties::No);
        let built = builder.destination(service.to_owned()).path(path.to_owned()).interface(interface.to_owned()).build();
        built.await.map_err(|fault| fault.to_string())
    }

    async fn in_time<T>(answer: impl Future<Output = Result<T, String>>) -> Result<T, String> {
        tokio::time::timeout(PATIENCE, answer).await.unwrap_or_else(|_| Err("it does not answer".into()))
    }

    /// Who shows notices. `Err` says in words why nobody does.
    pub async fn server() -> Result<Server, String> {
        in_time(async {
            let server = proxy(NOTIFICATIONS, NOTIFICATIONS.0).await?;
            let words = |fault: zbus::Error| {
                tracing::info!(%fault, "no notification service");
                "no notification service answers on this desktop".to_owned()
            };
            let (name, ..): (String, String, String, String) = server.call("GetServerInformation", &()).await.map_err(words)?;
            let can = server.call("GetCapabilities", &()).await.map_err(words)?;
            Ok(Server { name, can, run: run(server.connection()).await? })
        })
        .await
    }

    /// Which bus, and which connection on it: neither is ever used twice.
    async fn run(connection: &Connection) -> Result<String, String> {
        let bus = zbus::fdo::DBusProxy::new(connection).await.map_err(|fault| fault.to_string())?;
        let name = NOTIFICATIONS.0.try_into().map_err(|fault: zbus::Error| fault.to_string())?;
        let owner = bus.get_name_owner(name).await.map_err(|fault| fault.to_string())?;
        let id = bus.get_id().await.map_err(|fault| fault.to_string())?;
        Ok(format!("{id}{owner}"))
    }

    /// Whether the one who shows notices was told to be still, where it says so.
    pub async fn stillness(server: &Server) -> Stillness {
        let said = match server.name.as_str() {
            "dunst" => property(NOTIFICATIONS, "org.dunstproject.cmd0", "paused").await,
            "Plasma" => property(NOTIFICATIONS, NOTIFICATIONS.0, "Inhibited").await,
            "gnome-shell" => gnome_banners().map(|banners| !banners),
            name if name.to_lowercase().starts_with("xfce") => xfce_still().await,
            _ => None,
        };
        said.map_or(Stillness::Unknown, |still| if still { Stillness::On } else { Stillness::Off })
    }

    async fn property(at: (&str, &str), interface: &str, name: &str) -> Option<bool> {
        in_time(async { proxy(at, interface).await?.get_property(name).await.map_err(|fault| fault.to_string()) }).await.ok()
    }

    async fn xfce_still() -> Option<bool> {
        let asked = in_time(async {
            let settings = proxy(("org.xfce.Xfconf", "/org/xfce/Xfconf"), "org.xfce.Xfconf").await?;
            let answer: OwnedVariant =
                settings.call("GetProperty", &("xfce4-notifyd", "/do-not-disturb")).await.map_err(|fault| fault.to_string())?;
            Ok(answer)
        });
        match &*asked.await.ok()? {
            Variant::Bool(still) => Some(*still),
            _ => None,
        }
    }

    fn gnome_banners() -> Option<bool> {
        use gtk::gio::prelude::SettingsExt as _;
        use gtk::gio::{Settings, SettingsSchemaSource};
        let schema = SettingsSchemaSource::default()?.lookup("org.gnome.desktop.notifications", true)?;
        schema.has_key("show-banners").then(|| Settings::new("org.gnome.desktop.notifications").boolean("show-banners"))
    }

    /// Takes a notice away that this process did not show.
    pub async fn close_notice(id: u32) {
        let closed = in_time(async {
            let server = proxy(NOTIFICATIONS, NOTIFICATIONS.0).await?;
            server.call::<_, _, ()>("CloseNotification", &(id)).await.map_err(|fault| fault.to_string())
        });
        if let Err(fault) = closed.await {
            tracing::info!(fault, "old notice not closed");
        }
    }

    /// Whether somebody shows tray icons.
    pub async fn tray_host() -> bool {
        property(WATCHER, WATCHER.0, "IsStatusNotifierHostRegistered").await.unwrap_or(false)
    }
}

#[cfg(not(target_os = "linux"))]
mod others {
    use super::{Server, Stillness};

    /// Windows and macOS show notices themselves.
    pub async fn server() -> Result<Server, String> {
        let can = ["actions", "body", "sound"].map(str::to_owned).to_vec();
        Ok(Server { name: std::env::consts::OS.to_owned(), can, run: String::new() })
    }

    /// Neither tells a program.
    pub async fn stillness(_: &Server) -> Stillness {
        Stillness::Unknown
    }

    /// Ids are the system's own.
    pub async fn close_notice(_: u32) {}

    /// Both have one.
    pub async fn tray_host() -> bool {
        true
    }
}
