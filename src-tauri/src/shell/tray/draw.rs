//! The tray on the screen: icon files, label and native menu. Only what changed is touched, so that an open menu stays open.

use super::menu::{Face, Line, TrayView};
use crate::caller::MAIN;
use crate::shell::session;
use std::path::PathBuf;
use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Manager as _, Theme, Wry};

/// The icon as it is drawn.
pub struct Drawn {
    app: AppHandle,
    icon: TrayIcon,
    shown: TrayView,
    lines: Vec<Handle>,
}

/// A line on the screen, to change its words in place.
enum Handle {
    Item(MenuItem<Wry>),
    Incident(Submenu<Wry>, Vec<Handle>),
    Rule(PredefinedMenuItem<Wry>),
}

impl Handle {
    fn native(&self) -> &dyn IsMenuItem<Wry> {
        match self {
            Self::Item(item) => item,
            Self::Incident(submenu, _) => submenu,
            Self::Rule(rule) => rule,
        }
    }
}

impl Drawn {
    /// Makes the icon. `folder` holds the icon's files while it is shown.
    pub fn make(app: &AppHandle, view: &TrayView, folder: PathBuf, act: fn(&AppHandle, &str)) -> tauri::Result<Self> {
        let lines = handles(app, &view.lines)?;
        let icon = TrayIconBuilder::with_id("muster")
            .temp_dir_path(folder)
            .icon(image(app, view.face)?)
            .menu(&menu(app, &lines)?)
            .show_menu_on_left_click(true)
            .on_menu_event(move |app, event| act(app, event.id().as_ref()))
            .build(app)?;
        Ok(Self { app: app.clone(), icon, shown: view.clone(), lines })
    }

    /// Draws what changed.
    pub fn draw(&mut self, view: TrayView) -> tauri::Result<()> {
        if view.face != self.shown.face {
            self.icon.set_icon(Some(image(&self.app, view.face)?))?;
        }
        if view.count != self.shown.count {
            let label = (view.count > 0).then(|| view.count.to_string());
            self.icon.set_title(label)?;
        }
        if view.lines != self.shown.lines {
            if alike(&view.lines, &self.shown.lines) {
                rewrite(&self.lines, &view.lines)?;
            } else {
                self.lines = handles(&self.app, &view.lines)?;
                self.icon.set_menu(Some(menu(&self.app, &self.lines)?))?;
            }
        }
        self.shown = view;
        Ok(())
    }
}

/// Whether the title of a submenu can be changed in place. On Linux muda sets it on an item whose label lies within a box, and
/// nothing changes on the screen.
const TITLES_CHANGE: bool = !cfg!(target_os = "linux");

/// Whether both have the same lines but for words that can be changed in place.
fn alike(one: &[Line], other: &[Line]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|lines| match lines {
            (Line::Words(_), Line::Words(_)) | (Line::Rule, Line::Rule) => true,
            (Line::Item(one, _), Line::Item(other, _)) => one == other,
            (Line::Incident(one, title, lines), Line::Incident(other, words, others)) => {
                one == other && (title == words || TITLES_CHANGE) && alike(lines, others)
            }
            (Line::Words(_) | Line::Rule | Line::Item(..) | Line::Incident(..), _) => false,
        })
}

fn rewrite(handles: &[Handle], lines: &[Line]) -> tauri::Result<()> {
    for pair in handles.iter().zip(lines) {
        match pair {
            (Handle::Item(item), Line::Words(text) | Line::Item(_, text)) => item.set_text(literal(text))?,
            (Handle::Incident(submenu, handles), Line::Incident(_, text, lines)) => {
                submenu.set_text(literal(text))?;
                rewrite(handles, lines)?;
            }
            (Handle::Item(_) | Handle::Incident(..) | Handle::Rule(_), _) => {}
        }
    }
    Ok(())
}

fn handles(app: &AppHandle, lines: &[Line]) -> tauri::Result<Vec<Handle>> {
    lines
        .iter()
        .map(|line| {
            Ok(match line {
                Line::Words(text) => Handle::Item(MenuItem::new(app, literal(text), false, None::<&str>)?),
                Line::Item(act, text) => Handle::Item(MenuItem::with_id(app, act.id(), literal(text), true, None::<&str>)?),
                Line::Rule => Handle::Rule(PredefinedMenuItem::separator(app)?),
                Line::Incident(_, text, lines) => {
                    let inner = handles(app, lines)?;
                    Handle::Incident(Submenu::with_items(app, literal(text), true, &items(&inner))?, inner)
                }
            })
        })
        .collect()
}

fn menu(app: &AppHandle, handles: &[Handle]) -> tauri::Result<Menu<Wry>> {
    Menu::with_items(app, &items(handles))
}

fn items(handles: &[Handle]) -> Vec<&dyn IsMenuItem<Wry>> {
    handles.iter().map(Handle::native).collect()
}

/// Words without access keys: an ampersand in a title is an ampersand.
fn literal(text: &str) -> String {
    text.replace('&', "&&")
}

fn image(app: &AppHandle, face: Face) -> tauri::Result<Image<'static>> {
    macro_rules! pair {
        ($name:literal) => {
            (
                include_bytes!(concat!("../../../../icons/tray/", $name, "-dark.png")).as_slice(),
                include_bytes!(concat!("../../../../icons/tray/", $name, "-light.png")).as_slice(),
            )
        };
    }
    let (on_dark, on_light) = match face {
        Face::Calm => pair!("calm"),
        Face::Active => pair!("active"),
        Face::Critical => pair!("critical"),
        Face::CannotRing => pair!("cannot-ring"),
    };
    Image::from_bytes(if panel(app) == Theme::Light { on_light } else { on_dark })
}

/// Whether the panel that the icon lies on is light. Some desktops have a dark one in every theme, the others follow the theme of the windows.
fn panel(app: &AppHandle) -> Theme {
    let always_dark = session::desktop_names().iter().any(|name| matches!(name.as_str(), "gnome" | "unity" | "x-cinnamon" | "xfce"));
    let theme = || app.get_webview_window(MAIN).and_then(|window| window.theme().ok()).unwrap_or(Theme::Dark);
    if always_dark { Theme::Dark } else { theme() }
}
