//! From the words typed to an exit status.

use crate::args::{Cli, Command};
use crate::commands::{Ask, Outcome, Stop};
use crate::context::Context;
use crate::flags::Global;
use crate::out::{Out, complain};
use crate::session::Session;
use crate::way::{Own, Way};
use api::{ApiError, Code};
use clap::Parser as _;
use clap::error::ErrorKind;
use std::process::ExitCode;

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => return usage(&told),
    };
    let json = cli.global.json;
    let result = runtime(&cli.command).and_then(|runtime| runtime.block_on(carry_out(cli)));
    match result {
        Ok(Outcome::Well) => ExitCode::SUCCESS,
        Ok(Outcome::NotWell) => ExitCode::FAILURE,
        Err(Stop::Refused(refusal)) => {
            let refusal = with_hint(refusal);
            complain(json, &refusal);
            ExitCode::from(refusal.code.exit_status())
        }
        // Whoever read this has seen enough.
        Err(Stop::Output(fault)) if fault.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Stop::Output(fault)) => {
            complain(
                json,
                &ApiError::new(Code::Internal, format!("The answer could not be written: {fault}.")).hint("What was asked was done."),
            );
            ExitCode::FAILURE
        }
    }
}

/// Says where to look, where nobody said what to do. What was refused by the state of things explains itself.
fn with_hint(mut refusal: ApiError) -> ApiError {
    let hint = match refusal.code {
        Code::NotFound => "Names are in `muster list --all`, `muster timeline INC --ids` and `muster alert list --all`.",
        Code::InvalidRequest | Code::InvalidField => "The command's --help says what it takes.",
        _ => return refusal,
    };
    refusal.hint.get_or_insert_with(|| hint.to_owned());
    refusal
}

fn runtime(command: &Command) -> Result<tokio::runtime::Runtime, Stop> {
    let mut builder = match command {
        Command::Serve(_) => tokio::runtime::Builder::new_multi_thread(),
        _ => tokio::runtime::Builder::new_current_thread(),
    };
    builder.enable_all().build().map_err(|fault| ApiError::new(Code::Internal, format!("This process could not start: {fault}.")).into())
}

async fn carry_out(cli: Cli) -> Result<Outcome, Stop> {
    let global = cli.global;
    let mut out = Out::new(global.json, global.quiet, global.no_color);
    let context = Context::new();
    let outcome = match cli.command.into_way() {
        Way::Ask(ask) => ask_once(&*ask, &global, &context, &mut out).await?,
        Way::Own(own) => own_way(own, &global, &context, &mut out).await?,
    };
    out.flush()?;
    Ok(outcome)
}

async fn own_way(own: Own, global: &Global, context: &Context, out: &mut Out) -> Result<Outcome, Stop> {
    match own {
        Own::Timeline(timeline) => timeline.run(global, context, out).await?,
        Own::Doctor(doctor) => return doctor.run(global, out).await,
        Own::Rebuild(rebuild) => rebuild.run(global, out).await?,
        Own::Restore(restore) => restore.run(global, out).await?,
        Own::Export(export) => export.run(global, out).await?,
        Own::Serve(serve) => serve.run(global, out).await?,
        Own::Demo(demo) => demo.run(global, out).await?,
        Own::Completions(completions) => completions.write(out)?,
    }
    Ok(Outcome::Well)
}

/// Carries out a command that is one operation.
async fn ask_once(ask: &dyn Ask, global: &Global, context: &Context, out: &mut Out) -> Result<Outcome, Stop> {
    // What is typed is understood, and standard input read, before anybody else is kept from the home.
    let early = if ask.before().is_none() { Some(ask.request(context, None)?) } else { None };
    let session = Session::open(global).await?;
    let answer = match early {
        Some(request) => session.ask(request).await,
        None => ask_twice(ask, &session, context).await,
    };
    session.close().await;
    let answer = answer?;
    let outcome = ask.outcome(&answer);
    if out.json {
        out.value(&ask.json(answer)?)?;
    } else {
        ask.show(answer, context, out)?;
    }
    Ok(outcome)
}

async fn ask_twice(ask: &dyn Ask, session: &Session, context: &Context) -> Result<serde_json::Value, ApiError> {
    let before = match ask.before() {
        Some(request) => Some(session.ask(request).await?),
        None => None,
    };
    session.ask(ask.request(context, before)?).await
}

/// Says what clap has to say: help and version on standard output, what was not understood on standard error.
fn usage(told: &clap::Error) -> ExitCode {
    let is_wrong = told.use_stderr();
    let json = std::env::args_os().any(|arg| arg == "--json");
    if is_wrong && json && told.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let text = told.to_string();
        let text = text.strip_prefix("error: ").unwrap_or(&text);
        let first = text.split("\n\n").next().unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut message: String = first.chars().take(1).flat_map(char::to_uppercase).chain(first.chars().skip(1)).collect();
        if !message.ends_with('.') {
            message.push('.');
        }
        complain(true, &ApiError::new(Code::InvalidRequest, message).hint("See `muster --help`."));
    } else {
        // A reader that went away needs no help.
        drop(told.print());
    }
    ExitCode::from(if is_wrong { 2 } else { 0 })
}
