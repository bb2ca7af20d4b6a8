//! The house: which crate stands on which, from the manifests.

use super::picture::{Picture, Rect};
use crate::rules::floor_of;
use crate::workspace::Package;

/// The picture. An arrow leads to what a crate uses; what it gets through another has none.
pub(crate) fn draw(packages: &[Package]) -> String {
    let mut rows = rows(packages);
    place(&mut rows);
    let rooms: Vec<Room<'_>> = rows.into_iter().flatten().collect();
    let top = rooms.iter().map(|room| room.floor).max().unwrap_or_default();
    let height = TOP + f64::from(top + 1) * (HEIGHT + GAP);
    let uses = |room: &Room<'_>| format!("{} uses {}.", room.package.name, listed(&room.package.ours(&rooms)));
    let description: Vec<String> = rooms.iter().map(uses).collect();
    let mut picture = Picture::new(WIDTH, height, "The crates of hybi, by floors", &description.join(" "));
    for floor in 0..=top {
        let y = y(top, floor) + HEIGHT / 2.0 + 4.0;
        picture.text(16.0, y, "left", &format!("floor {floor}"));
    }
    for edge in edges(&rooms) {
        picture.arrow(&edge.path(&rooms, top), if edge.optional { "optional" } else { "" });
    }
    for room in &rooms {
        let rect = Rect { x: room.x, y: y(top, room.floor), width: BOX, height: HEIGHT, class: "ours" };
        let others = room.package.others().join(", ");
        let lines = [room.package.name.as_str(), &others];
        picture.boxed(rect, if others.is_empty() { &lines[..1] } else { &lines });
    }
    picture.text(
        WIDTH / 2.0,
        height - 14.0,
        "small",
        "Small: crates of other people, some for a feature only. Dashed: for a feature only.",
    );
    picture.finish()
}

/// A crate and where it is drawn.
#[derive(Debug)]
struct Room<'a> {
    package: &'a Package,
    floor: u8,
    x: f64,
}

/// The crates of each floor, the highest floor first.
fn rows(packages: &[Package]) -> Vec<Vec<Room<'_>>> {
    let mut rooms: Vec<Room<'_>> =
        packages.iter().filter_map(|package| Some(Room { package, floor: floor_of(&package.name)?, x: 0.0 })).collect();
    rooms.sort_by_key(|room| core::cmp::Reverse(room.floor));
    let mut rows: Vec<Vec<Room<'_>>> = Vec::new();
    for room in rooms {
        match rows.last_mut() {
            Some(row) if row.iter().any(|other| other.floor == room.floor) => row.push(room),
            _ => rows.push(vec![room]),
        }
    }
    rows
}

/// Places each row, in the order of the places of those that use it: so few arrows cross.
fn place(rows: &mut [Vec<Room<'_>>]) {
    for index in 0..rows.len() {
        let (above, rest) = rows.split_at_mut(index);
        let Some(row) = rest.first_mut() else { continue };
        let users = |room: &Room<'_>| {
            let above = above.iter().flatten();
            let users = above.filter(|user| user.package.dependencies.iter().any(|other| other.is(room.package)));
            let places: Vec<f64> = users.filter(|user| user.package.name != "hybi").map(|user| user.x).collect();
            if places.is_empty() { WIDTH / 2.0 } else { places.iter().sum::<f64>() / places.len() as f64 }
        };
        row.sort_by(|a, b| users(a).total_cmp(&users(b)));
        let step = (WIDTH - LEFT - 20.0) / row.len() as f64;
        for (index, room) in row.iter_mut().enumerate() {
            room.x = LEFT + step * (index as f64 + 0.5) - BOX / 2.0;
        }
    }
}

/// An arrow from one room to another, by their places in the list.
#[derive(Debug)]
struct Edge {
    from: usize,
    to: usize,
    optional: bool,
    /// How far beside the middle of the room it begins and ends.
    beside: (f64, f64),
}

fn edges(rooms: &[Room<'_>]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (from, room) in rooms.iter().enumerate() {
        for (to, other) in rooms.iter().enumerate() {
            let mut between = rooms.iter().filter(|middle| room.package.uses(middle.package).is_some());
            let implied = between.any(|middle| reaches(rooms, middle.package, other.package));
            if let (Some(optional), false) = (room.package.uses(other.package), implied) {
                edges.push(Edge { from, to, optional, beside: (0.0, 0.0) });
            }
        }
    }
    for index in 0..rooms.len() {
        let x = |room: usize| rooms.get(room).map_or(0.0, |room| room.x);
        let mut out: Vec<&mut Edge> = edges.iter_mut().filter(|edge| edge.from == index).collect();
        out.sort_by(|a, b| x(a.to).total_cmp(&x(b.to)));
        let middle = out.len().saturating_sub(1) as f64 / 2.0;
        out.iter_mut().enumerate().for_each(|(place, edge)| edge.beside.0 = (place as f64 - middle) * PORT);
        let mut into: Vec<&mut Edge> = edges.iter_mut().filter(|edge| edge.to == index).collect();
        into.sort_by(|a, b| x(a.from).total_cmp(&x(b.from)));
        let middle = into.len().saturating_sub(1) as f64 / 2.0;
        into.iter_mut().enumerate().for_each(|(place, edge)| edge.beside.1 = (place as f64 - middle) * PORT);
    }
    edges
}

/// Whether one uses the other, perhaps through more.
fn reaches(rooms: &[Room<'_>], from: &Package, to: &Package) -> bool {
    from.uses(to).is_some()
        || rooms.iter().any(|room| from.uses(room.package).is_some() && reaches(rooms, room.package, to))
}

impl Edge {
    fn path(&self, rooms: &[Room<'_>], top: u8) -> String {
        let (Some(from), Some(to)) = (rooms.get(self.from), rooms.get(self.to)) else {
            return String::new();
        };
        let (mut x, mut at) = (from.x + BOX / 2.0 + self.beside.0, y(top, from.floor) + HEIGHT);
        let (end, bottom) = (to.x + BOX / 2.0 + self.beside.1, y(top, to.floor));
        let mut path = format!("M{x:.1} {at:.1}");
        for floor in (to.floor + 1..from.floor).rev() {
            // Past the rooms of a floor between the two.
            let share = f64::from(from.floor - floor) / f64::from(from.floor - to.floor);
            let gap = beside_rooms(rooms, floor, x + (end - x) * share) + self.beside.0 / 4.0;
            let row = y(top, floor);
            path.push_str(&curve(x, at, gap, row));
            path.push_str(&format!(" L{gap:.1} {:.1}", row + HEIGHT));
            (x, at) = (gap, row + HEIGHT);
        }
        path + &curve(x, at, end, bottom - 1.0)
    }
}

/// The nearest place to this one that no room of the floor covers.
fn beside_rooms(rooms: &[Room<'_>], floor: u8, x: f64) -> f64 {
    let covering = rooms.iter().filter(|room| room.floor == floor);
    let covering =
        covering.map(|room| (room.x - ROUND, room.x + BOX + ROUND)).find(|(left, right)| (left..right).contains(&&x));
    match covering {
        Some((left, right)) if x - left < right - x => left,
        Some((_, right)) => right,
        None => x,
    }
}

fn curve(x: f64, y: f64, to_x: f64, to_y: f64) -> String {
    let middle = (y + to_y) / 2.0;
    format!(" C{x:.1} {middle:.1} {to_x:.1} {middle:.1} {to_x:.1} {to_y:.1}")
}

impl Package {
    /// Whether it uses the other, and if so whether only with a feature.
    fn uses(&self, other: &Self) -> Option<bool> {
        let uses = self.dependencies.iter().filter(|dependency| !dependency.dev);
        uses.filter(|dependency| dependency.is(other)).map(|dependency| dependency.optional).next()
    }

    fn ours(&self, rooms: &[Room<'_>]) -> Vec<String> {
        rooms.iter().filter(|room| self.uses(room.package).is_some()).map(|room| room.package.name.clone()).collect()
    }

    /// The crates of other people that it uses.
    fn others(&self) -> Vec<String> {
        let used = self.dependencies.iter().filter(|dependency| !dependency.dev);
        let mut names: Vec<String> =
            used.map(|dependency| dependency.name.clone()).filter(|name| floor_of(name).is_none()).collect();
        names.sort();
        names.dedup();
        names
    }
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}

/// The upper end of a floor.
fn y(top: u8, floor: u8) -> f64 {
    TOP + f64::from(top - floor) * (HEIGHT + GAP)
}

const WIDTH: f64 = 920.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 20.0;
const BOX: f64 = 194.0;
const HEIGHT: f64 = 50.0;
const GAP: f64 = 48.0;
/// Between two arrows at one room.
const PORT: f64 = 18.0;
/// Between a room and an arrow that goes past it.
const ROUND: f64 = 11.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::packages;

    #[test]
    fn draws_every_crate_and_no_arrow_that_goes_without_saying() {
        let packages = packages().unwrap();
        let svg = draw(&packages);
        let house = packages.iter().filter(|package| floor_of(&package.name).is_some());
        assert!(house.clone().all(|package| svg.contains(&format!(">{}</text>", package.name))));
        let rooms: Vec<Room<'_>> =
            house.map(|package| Room { package, floor: floor_of(&package.name).unwrap(), x: 0.0 }).collect();
        let place = |name: &str| rooms.iter().position(|room| room.package.name == name).unwrap();
        let edges = edges(&rooms);
        let drawn = |from: &str, to: &str| edges.iter().any(|edge| (edge.from, edge.to) == (place(from), place(to)));
        assert!(drawn("hybi", "hybi-connection") && drawn("hybi-connection", "hybi-frame"));
        assert!(!drawn("hybi", "hybi-frame") && !drawn("hybi-connection", "hybi-version"));
    }
}
