//! What was measured, as the programs of `benches/` print it: one JSON object a line.

use crate::Result;
use crate::json::Json;

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Results {
    pub(crate) cases: Vec<Case>,
    pub(crate) memory: Vec<Memory>,
    /// The lines themselves, for those who want the numbers.
    lines: [Vec<String>; 2],
}

/// One case, and what each engine took for it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) workload: String,
    pub(crate) kind: String,
    pub(crate) size: f64,
    pub(crate) read: f64,
    pub(crate) times: Vec<Time>,
}

/// In nanoseconds a message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Time {
    pub(crate) engine: String,
    pub(crate) minimum: f64,
}

/// The bytes of one connection: struct and heap, idle after the handshake, after a small message, after a large one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Memory {
    pub(crate) engine: String,
    pub(crate) deflate: bool,
    pub(crate) notes: Vec<(f64, f64)>,
}

/// The engine that all others are compared with.
pub(crate) const OURS: &str = "hybi";

/// What is no library, but the limit for all.
pub(crate) const LIMITS: [&str; 2] = ["bare loop", "memcpy"];

impl Results {
    pub(crate) fn parse(times: &str, memory: &str) -> Result<Self> {
        let lines = [times, memory].map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
        let [times, memory] = &lines;
        let cases = times.iter().map(|line| Case::of(&Json::parse(line)?)).collect::<Result<_>>()?;
        let memory = memory.iter().map(|line| Memory::of(&Json::parse(line)?)).collect::<Result<_>>()?;
        Ok(Self { cases, memory, lines })
    }

    /// What `to_json` wrote.
    pub(crate) fn from_json(text: &str) -> Result<Self> {
        let json = Json::parse(text)?;
        let times = json.get("times").map(Json::elements).ok_or("these are no times of `cargo xtask bench --json`")?;
        let cases = times.iter().map(Case::of).collect::<Result<_>>()?;
        Ok(Self { cases, ..Self::default() })
    }

    pub(crate) fn to_json(&self) -> String {
        let [times, memory] = self.lines.each_ref().map(|lines| lines.join(",\n"));
        format!("{{\"times\":[\n{times}\n],\"memory\":[\n{memory}\n]}}\n")
    }

    /// The engines, in the order in which they first come.
    pub(crate) fn engines(&self) -> Vec<&str> {
        let mut engines = Vec::new();
        for time in self.cases.iter().flat_map(|case| &case.times) {
            if !engines.contains(&time.engine.as_str()) {
                engines.push(time.engine.as_str());
            }
        }
        engines
    }
}

impl Case {
    fn of(json: &Json) -> Result<Self> {
        let time = |json: &Json| Ok(Time { engine: text(json, "engine")?, minimum: number(json, "min")? });
        let times = json.get("times").map(Json::elements).unwrap_or_default();
        Ok(Self {
            name: text(json, "case")?,
            workload: text(json, "workload")?,
            kind: text(json, "kind")?,
            size: number(json, "size")?,
            read: number(json, "read")?,
            times: times.iter().map(time).collect::<Result<_>>()?,
        })
    }

    /// What the engine took at least.
    pub(crate) fn minimum(&self, engine: &str) -> Option<f64> {
        self.times.iter().find(|time| time.engine == engine).map(|time| time.minimum)
    }

    /// The fastest of the other libraries.
    pub(crate) fn best_peer(&self) -> Option<&Time> {
        let peers = self.times.iter().filter(|time| time.engine != OURS && !LIMITS.contains(&time.engine.as_str()));
        peers.min_by(|a, b| a.minimum.total_cmp(&b.minimum))
    }
}

impl Memory {
    fn of(json: &Json) -> Result<Self> {
        let notes = json.get("notes").map(Json::elements).unwrap_or_default();
        let note = |json: &Json| Ok((number(json, "struct")?, number(json, "heap")?));
        Ok(Self {
            engine: text(json, "engine")?,
            deflate: json.get("deflate") == Some(&Json::Bool(true)),
            notes: notes.iter().map(note).collect::<Result<_>>()?,
        })
    }
}

fn text(json: &Json, name: &str) -> Result<String> {
    let text = json.get(name).and_then(Json::as_str);
    Ok(text.ok_or_else(|| format!("the program printed no `{name}`"))?.to_owned())
}

fn number(json: &Json, name: &str) -> Result<f64> {
    match json.get(name) {
        Some(Json::Number(number)) => Ok(*number),
        _ => Err(format!("the program printed no number `{name}`").into()),
    }
}

/// Two cases and two connections, for the tests of what is made of them.
#[cfg(test)]
pub(crate) fn example() -> Results {
    let case = |size: u32, ours: f64| {
        format!(
            r#"{{"case":"decode/binary/{size}/65536","workload":"decode","kind":"binary","size":{size},"read":65536,"times":[{{"engine":"hybi","min":{ours},"median":9}},{{"engine":"slow","min":20,"median":21}},{{"engine":"memcpy","min":1,"median":1}}]}}"#
        )
    };
    let memory = r#"{"engine":"hybi","deflate":false,"notes":[{"struct":96,"heap":0},{"struct":96,"heap":0},{"struct":96,"heap":0}]}"#;
    Results::parse(&[case(16, 8.0), case(1024, 40.0)].join("\n"), memory).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_programs_print() {
        let results = example();
        assert_eq!(results.engines(), ["hybi", "slow", "memcpy"]);
        assert_eq!(results.cases[0].best_peer().unwrap().engine, "slow");
        assert_eq!(results.cases[1].minimum("hybi"), Some(40.0));
        assert_eq!(results.memory[0].notes, [(96.0, 0.0); 3]);
        assert_eq!(Results::from_json(&results.to_json()).unwrap().cases, results.cases);
    }

    #[test]
    fn says_what_is_missing() {
        let error = Results::parse("{\"case\":\"decode\"}", "").unwrap_err().to_string();
        assert!(error.contains("`times`") || error.contains("`workload`"), "{error}");
    }
}
