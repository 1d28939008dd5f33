//! The severity matrix: what is affected, for how many, and which severity that is.

use super::{Ask, Stop, confirm, part, read};
use crate::context::Context;
use crate::flags::severity;
use crate::out::{Cell, Out, Paint, cell, painted};
use api::dto::{MatrixCell, Nothing, SetMatrix, SettingsView};
use api::{ApiError, Request};
use clap::{Args, Subcommand, ValueEnum};
use domain::{CONDITIONS, Condition, Matrix as Whole, REACHES, Reach, Severity};
use serde_json::Value;

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum What {
    /// A core function cannot be used
    CoreUnusable,
    /// A core function is slow or fails at times
    CoreDegraded,
    /// Another feature
    OtherFeature,
    /// Looks only
    Cosmetic,
}

impl From<What> for Condition {
    fn from(what: What) -> Self {
        match what {
            What::CoreUnusable => Self::CoreUnusable,
            What::CoreDegraded => Self::CoreDegraded,
            What::OtherFeature => Self::OtherFeature,
            What::Cosmetic => Self::Cosmetic,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Whom {
    /// More than 10 % of customers
    #[value(name = "over-10-percent", alias = "over10-percent", alias = "over_10_percent", alias = "over10_percent")]
    Over10Percent,
    /// Up to 10 % of customers
    #[value(name = "upto-10-percent", alias = "upto10-percent", alias = "upto_10_percent", alias = "upto10_percent")]
    Upto10Percent,
    /// A few customers
    AFew,
    /// Only us
    OnlyUs,
}

impl From<Whom> for Reach {
    fn from(whom: Whom) -> Self {
        match whom {
            Whom::Over10Percent => Self::Over10Percent,
            Whom::Upto10Percent => Self::Upto10Percent,
            Whom::AFew => Self::AFew,
            Whom::OnlyUs => Self::OnlyUs,
        }
    }
}

/// The severity matrix: what is affected, for how many customers.
#[derive(Args, Debug)]
pub struct Matrix {
    #[command(subcommand)]
    act: MatrixAct,
}

#[derive(Subcommand, Debug)]
enum MatrixAct {
    /// The matrix
    Show,
    /// Change one cell
    Set {
        /// What is affected
        condition: What,
        /// For how many
        reach: Whom,
        /// sev1 to sev5
        #[arg(value_name = "SEV", value_parser = severity)]
        severity: Severity,
    },
    /// Back to the built-in matrix
    Reset,
}

impl Ask for Matrix {
    fn before(&self) -> Option<Request> {
        matches!(self.act, MatrixAct::Set { .. }).then_some(Request::Settings(Nothing {}))
    }

    fn request(&self, _: &Context, before: Option<Value>) -> Result<Request, ApiError> {
        match &self.act {
            MatrixAct::Show => Ok(Request::Settings(Nothing {})),
            MatrixAct::Reset => Ok(Request::MatrixSet(SetMatrix { matrix: None })),
            MatrixAct::Set { condition, reach, severity } => {
                let mut matrix = match before {
                    Some(settings) => whole(&read::<SettingsView>(settings)?.matrix),
                    None => Whole::default(),
                };
                put(&mut matrix, (*condition).into(), (*reach).into(), *severity);
                Ok(Request::MatrixSet(SetMatrix { matrix: Some(matrix) }))
            }
        }
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if matches!(self.act, MatrixAct::Show) { part(answer, "matrix") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            MatrixAct::Show => show_matrix(&read(answer)?, out),
            MatrixAct::Set { severity, .. } => confirm(answer, out, &format!("That is {} now.", severity.label())),
            MatrixAct::Reset => confirm(answer, out, "The built-in matrix holds again."),
        }
    }
}

fn put(matrix: &mut Whole, condition: Condition, reach: Reach, severity: Severity) {
    let row = CONDITIONS.iter().position(|one| *one == condition);
    let column = REACHES.iter().position(|one| *one == reach);
    if let (Some(row), Some(column)) = (row, column) {
        matrix.rows[row][column] = severity;
    }
}

fn whole(cells: &[MatrixCell]) -> Whole {
    let mut matrix = Whole::default();
    cells.iter().for_each(|cell| put(&mut matrix, cell.condition, cell.reach, cell.severity));
    matrix
}

fn show_matrix(settings: &SettingsView, out: &mut Out) -> Result<(), Stop> {
    let matrix = whole(&settings.matrix);
    let name =
        |value: &dyn Fn() -> Option<clap::builder::PossibleValue>| value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let mut rows = vec![vec![cell("")]];
    rows[0].extend(Whom::value_variants().iter().map(|whom| painted(Paint::Faint, name(&|| whom.to_possible_value()))));
    for what in What::value_variants() {
        let mut row: Vec<Cell> = vec![painted(Paint::Faint, name(&|| what.to_possible_value()))];
        row.extend(Whom::value_variants().iter().map(|whom| {
            let severity = matrix.severity((*what).into(), (*whom).into());
            painted(Paint::of(severity), severity.label())
        }));
        rows.push(row);
    }
    out.table(&rows)?;
    Ok(out.line(if settings.matrix_own {
        "This home's own; `muster matrix reset` brings the built-in one back."
    } else {
        "The built-in matrix."
    })?)
}
