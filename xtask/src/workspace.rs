//! The packages of the workspace, as cargo sees them.

use std::path::{Path, PathBuf};

use crate::Result;
use crate::json::Json;
use crate::sh::Cmd;

/// The names of the version features, oldest first: the same in every crate.
pub(crate) const VERSIONS: [&str; 4] = ["hixie75", "hybi00", "hybi10", "hybi17"];

/// The feature that is on by default.
pub(crate) const LATEST: &str = "hybi17";

/// One package of the workspace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// Where it lies below the root: `crates/frame`.
    pub(crate) folder: String,
    /// Each feature and what it switches on.
    pub(crate) features: Vec<(String, Vec<String>)>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) published: bool,
}

/// One line of a dependency section.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Under `[dev-dependencies]`.
    pub(crate) dev: bool,
    /// Brought in by a feature only.
    pub(crate) optional: bool,
}

impl Dependency {
    pub(crate) fn is(&self, package: &Package) -> bool {
        self.name == package.name
    }
}

impl Package {
    pub(crate) fn has_feature(&self, name: &str) -> bool {
        self.features.iter().any(|(feature, _)| feature == name)
    }

    /// Whether it has a feature for each version.
    pub(crate) fn has_versions(&self) -> bool {
        VERSIONS.iter().all(|version| self.has_feature(version))
    }

    /// All features that these switch on in this package, these included.
    pub(crate) fn closure(&self, features: &[&str]) -> Vec<String> {
        let mut found: Vec<String> = features.iter().map(|&name| name.to_owned()).collect();
        let mut next = 0;
        while let Some(name) = found.get(next).cloned() {
            next += 1;
            let enables = self.features.iter().filter(|(feature, _)| *feature == name);
            for other in enables.flat_map(|(_, enables)| enables) {
                if self.has_feature(other) && !found.contains(other) {
                    found.push(other.clone());
                }
            }
        }
        found
    }

    /// The features that have nothing to do with versions: neither name one nor are switched on by one.
    pub(crate) fn other_features(&self) -> Vec<&str> {
        let of_versions = self.closure(&VERSIONS);
        let names = self.features.iter().map(|(name, _)| name.as_str());
        names
            .filter(|name| !matches!(*name, "default" | "all-versions"))
            .filter(|name| !of_versions.iter().any(|other| other == name))
            .collect()
    }
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// All packages of the workspace, ordered by folder.
pub(crate) fn packages() -> Result<Vec<Package>> {
    let text = Cmd::cargo("metadata --no-deps --format-version 1").read()?;
    parse_metadata(&text, root())
}

fn parse_metadata(text: &str, root: &Path) -> Result<Vec<Package>> {
    let metadata = Json::parse(text)?;
    let packages = metadata.get("packages").map_or(&[][..], Json::elements);
    let mut packages: Vec<_> = packages.iter().map(|json| package(json, root)).collect();
    packages.sort_by(|a, b| a.folder.cmp(&b.folder));
    Ok(packages)
}

fn package(json: &Json, root: &Path) -> Package {
    let manifest = PathBuf::from(text(json, "manifest_path"));
    let folder = manifest.parent().unwrap_or(&manifest);
    let folder = folder.strip_prefix(root).unwrap_or(folder);
    let features = json.get("features").map_or(&[][..], Json::members);
    let dependencies = json.get("dependencies").map_or(&[][..], Json::elements);
    Package {
        name: text(json, "name"),
        folder: folder.to_string_lossy().replace('\\', "/"),
        features: features
            .iter()
            .map(|(name, enables)| {
                let enables = enables.elements().iter().filter_map(Json::as_str);
                (name.clone(), enables.map(str::to_owned).collect())
            })
            .collect(),
        dependencies: dependencies
            .iter()
            .map(|json| Dependency {
                name: text(json, "name"),
                dev: text(json, "kind") == "dev",
                optional: json.get("optional") == Some(&Json::Bool(true)),
            })
            .collect(),
        // `publish = false` is an empty list of registries; without the line it is null.
        published: !matches!(json.get("publish"), Some(Json::Array(list)) if list.is_empty()),
    }
}

fn text(json: &Json, name: &str) -> String {
    let text = json.get(name).and_then(Json::as_str);
    text.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const METADATA: &str = r#"{"packages": [
        {"name": "tool", "manifest_path": "/r/tool/Cargo.toml", "publish": [], "features": {}, "dependencies": []},
        {"name": "hybi-frame", "manifest_path": "/r/crates/frame/Cargo.toml", "publish": null,
         "features": {"default": ["hybi17"], "hixie75": ["sentinel"], "hybi00": ["sentinel"], "hybi10": ["base"],
                      "hybi17": ["base"], "base": ["dep:simdutf8"], "sentinel": ["dep:memchr"], "extra": []},
         "dependencies": [{"name": "memchr", "kind": null}, {"name": "proptest", "kind": "dev"}]}]}"#;

    #[test]
    fn reads_what_cargo_prints() {
        let packages = parse_metadata(METADATA, Path::new("/r")).unwrap();
        let [frame, tool] = &packages[..] else {
            panic!("two packages expected");
        };
        assert_eq!((frame.folder.as_str(), frame.published), ("crates/frame", true));
        assert_eq!((tool.folder.as_str(), tool.published), ("tool", false));
        assert!(frame.has_versions() && !tool.has_versions());
        assert_eq!(frame.other_features(), ["extra"]);
        assert_eq!(frame.closure(&["hybi17"]), ["hybi17", "base"]);
        let dev: Vec<_> = frame.dependencies.iter().map(|d| d.dev).collect();
        assert_eq!(dev, [false, true]);
    }

    #[test]
    fn finds_the_workspace_itself() {
        let packages = packages().unwrap();
        assert!(packages.iter().any(|package| package.folder == "xtask"));
    }
}
