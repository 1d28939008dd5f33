//! How bad it is for customers, and the matrix that suggests it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Severity of an incident by customer impact; SEV1 and SEV2 are major incidents (PagerDuty's line).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the field's standard terms; field-guide section 3")]
pub enum Severity {
    Sev1,
    Sev2,
    Sev3,
    Sev4,
    Sev5,
}

impl Severity {
    /// All severities, worst first.
    pub const ALL: [Self; 5] = [Self::Sev1, Self::Sev2, Self::Sev3, Self::Sev4, Self::Sev5];

    /// What an incident gets when nobody said: unsure on which side of the major-incident line it lies, take the higher.
    pub const UNSURE: Self = Self::Sev2;

    /// `sev1` … `sev5`, the name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Sev1 => "sev1",
            Self::Sev2 => "sev2",
            Self::Sev3 => "sev3",
            Self::Sev4 => "sev4",
            Self::Sev5 => "sev5",
        }
    }

    /// `SEV1` … `SEV5`, the name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sev1 => "SEV1",
            Self::Sev2 => "SEV2",
            Self::Sev3 => "SEV3",
            Self::Sev4 => "SEV4",
            Self::Sev5 => "SEV5",
        }
    }

    /// Whether the whole response is due (SEV1, SEV2).
    pub const fn is_major(self) -> bool {
        matches!(self, Self::Sev1 | Self::Sev2)
    }

    /// Reads `sev1`, `SEV-1`, `s1` in any case.
    pub fn parse(typed: &str) -> Option<Self> {
        let t = typed.trim().to_lowercase();
        let digit = t.strip_prefix("sev-").or_else(|| t.strip_prefix("sev")).or_else(|| t.strip_prefix('s'))?;
        match digit {
            "1" => Some(Self::Sev1),
            "2" => Some(Self::Sev2),
            "3" => Some(Self::Sev3),
            "4" => Some(Self::Sev4),
            "5" => Some(Self::Sev5),
            _ => None,
        }
    }
}

/// What is affected: the rows of the severity matrix.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the field's standard terms; rows of the matrix")]
pub enum Condition {
    CoreUnusable,
    CoreDegraded,
    OtherFeature,
    Cosmetic,
}

/// For whom: the columns of the severity matrix.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the field's standard terms; columns of the matrix")]
pub enum Reach {
    Over10Percent,
    Upto10Percent,
    AFew,
    OnlyUs,
}

impl Condition {
    /// In words, as the matrix shows it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::CoreUnusable => "Core function unusable",
            Self::CoreDegraded => "Core function degraded",
            Self::OtherFeature => "Another feature",
            Self::Cosmetic => "Cosmetic",
        }
    }
}

impl Reach {
    /// In words, as the matrix shows it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Over10Percent => "over 10 % of customers",
            Self::Upto10Percent => "up to 10 %",
            Self::AFew => "a few",
            Self::OnlyUs => "only us",
        }
    }
}

/// Rows and columns of the built-in matrix, in the order they are shown.
pub const CONDITIONS: [Condition; 4] = [Condition::CoreUnusable, Condition::CoreDegraded, Condition::OtherFeature, Condition::Cosmetic];
/// Columns of the built-in matrix, in the order they are shown.
pub const REACHES: [Reach; 4] = [Reach::Over10Percent, Reach::Upto10Percent, Reach::AFew, Reach::OnlyUs];

/// Which severity each condition has for each number of people; a home may set its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct Matrix {
    /// One row a condition, in the order of [`CONDITIONS`]; one column a reach, in the order of [`REACHES`].
    pub rows: [[Severity; 4]; 4],
}

impl Default for Matrix {
    /// The built-in matrix.
    fn default() -> Self {
        use Severity::{Sev1, Sev2, Sev3, Sev4, Sev5};
        Self { rows: [[Sev1, Sev1, Sev2, Sev3], [Sev1, Sev2, Sev3, Sev4], [Sev2, Sev3, Sev3, Sev4], [Sev4, Sev4, Sev5, Sev5]] }
    }
}

impl Matrix {
    /// Severity of `condition` for `reach`.
    pub fn severity(&self, condition: Condition, reach: Reach) -> Severity {
        let row = CONDITIONS.iter().position(|one| *one == condition).unwrap_or(0);
        let column = REACHES.iter().position(|one| *one == reach).unwrap_or(0);
        self.rows[row][column]
    }

    /// The first cell that rates more people less bad than fewer, which nobody means.
    pub fn turned_round(&self) -> Option<(Condition, Reach)> {
        CONDITIONS.into_iter().find_map(|condition| {
            let worse = |pair: &[Reach]| self.severity(condition, pair[0]) > self.severity(condition, pair[1]);
            REACHES.windows(2).find(|pair| worse(pair)).map(|pair| (condition, pair[1]))
        })
    }
}

/// Severity as an alert's tool states it, in the normal form of all formats.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the field's standard terms; field-guide section 3")]
pub enum AlertSeverity {
    Critical,
    Error,
    Warning,
    Info,
}

impl AlertSeverity {
    /// All severities, worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::Error, Self::Warning, Self::Info];

    /// What an incident from such an alert would be, before a person has judged the impact: a machine cannot know
    /// customers, so "critical" means unsure whether major, and unsure takes the higher.
    pub const fn suggests(self) -> Severity {
        match self {
            Self::Critical => Severity::UNSURE,
            Self::Error => Severity::Sev3,
            Self::Warning => Severity::Sev4,
            Self::Info => Severity::Sev5,
        }
    }

    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_never_rates_more_people_less_bad() {
        assert_eq!(Matrix::default().turned_round(), None);
        let mut wrong = Matrix::default();
        wrong.rows[1][2] = Severity::Sev1;
        assert_eq!(wrong.turned_round(), Some((Condition::CoreDegraded, Reach::AFew)));
    }

    #[test]
    fn severities_are_read_as_people_type_them() {
        for typed in ["sev1", "SEV1", "Sev-1", "s1"] {
            assert_eq!(Severity::parse(typed), Some(Severity::Sev1), "{typed}");
        }
        assert_eq!(Severity::parse("sev6"), None);
    }
}
