//! One plot: cost by payload size, both axes logarithmic, as SVG.

use crate::diagrams::Picture;

/// A line of a plot.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    /// Payload size and nanoseconds.
    pub(crate) points: Vec<(f64, f64)>,
    pub(crate) style: Style,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Style {
    /// The one that the page is about.
    Ours,
    /// Another library, in one of the colours.
    Peer(usize),
    /// What nobody can beat.
    Limit,
}

impl Style {
    fn colour(self) -> &'static str {
        // Told apart by people who see fewer colours as well.
        const COLOURS: [&str; 9] =
            ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8c6d31", "#7b4fa3", "#5c5c5c", "#b3a000"];
        match self {
            Self::Ours => "#d62728",
            Self::Limit => "#999999",
            Self::Peer(index) => COLOURS.get(index % COLOURS.len()).copied().unwrap_or("#000000"),
        }
    }
}

/// The plot inside of a page.
pub(crate) fn svg(lines: &[Line]) -> String {
    let head =
        format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">");
    format!("{head}\n{}</svg>\n", drawing(lines))
}

/// The plot as a file of its own, which says in words what it shows.
pub(crate) fn picture(title: &str, lines: &[Line]) -> String {
    let told = lines.iter().map(|line| {
        let points: Vec<String> =
            line.points.iter().map(|point| format!("{} at {}", time(point.1), size(point.0))).collect();
        format!("{}: {}.", line.name, points.join(", "))
    });
    let mut picture = Picture::new(WIDTH + 20.0, HEIGHT + 46.0, title, &told.collect::<Vec<_>>().join(" "));
    picture.text((WIDTH + 20.0) / 2.0, 24.0, "name", title);
    picture.raw("<g transform=\"translate(8 36)\" font-size=\"12\" fill=\"#1f2328\">\n");
    picture.raw(&drawing(lines));
    picture.raw("</g>\n");
    picture.finish()
}

/// Each line carries its name at its right end, so that nobody has to look up colours.
fn drawing(lines: &[Line]) -> String {
    let lines: Vec<&Line> = lines.iter().filter(|line| !line.points.is_empty()).collect();
    let all = || lines.iter().flat_map(|line| line.points.iter().copied());
    let x = Axis::over(all().map(|point| point.0), LEFT, WIDTH - RIGHT);
    let y = Axis::over(all().map(|point| point.1), HEIGHT - BOTTOM, TOP);
    let mut text = String::new();
    grid(&x, &y, all().map(|point| point.0).collect(), &mut text);
    for line in &lines {
        let points: Vec<String> =
            line.points.iter().map(|point| format!("{:.1},{:.1}", x.at(point.0), y.at(point.1))).collect();
        let (colour, width, dash) = match line.style {
            Style::Ours => (line.style.colour(), 3.5, ""),
            Style::Peer(_) => (line.style.colour(), 1.6, ""),
            Style::Limit => (line.style.colour(), 1.4, " stroke-dasharray=\"5 4\""),
        };
        text.push_str(&format!(
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dash} points=\"{}\"/>\n",
            points.join(" ")
        ));
        for point in &line.points {
            let (cx, cy) = (x.at(point.0), y.at(point.1));
            let title = format!("{}: {} at {}", line.name, time(point.1), size(point.0));
            text.push_str(&format!(
                "<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"2.6\" fill=\"{colour}\"><title>{title}</title></circle>\n"
            ));
        }
    }
    labels(&lines, &y, &mut text);
    text
}

/// Lines at the powers of ten, and at the payload sizes.
fn grid(x: &Axis, y: &Axis, mut sizes: Vec<f64>, text: &mut String) {
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    for value in sizes {
        let at = x.at(value);
        let (from, to) = (TOP, HEIGHT - BOTTOM);
        text.push_str(&format!("<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{from}\" y2=\"{to}\" stroke=\"#eee\"/>\n"));
        let below = to + 18.0;
        text.push_str(&format!("<text x=\"{at:.1}\" y=\"{below}\" text-anchor=\"middle\">{}</text>\n", size(value)));
    }
    for exponent in -1..=9 {
        let value = 10_f64.powi(exponent);
        let at = y.at(value);
        if !(TOP..=HEIGHT - BOTTOM).contains(&at) {
            continue;
        }
        let to = WIDTH - RIGHT;
        text.push_str(&format!("<line x1=\"{LEFT}\" x2=\"{to}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#ddd\"/>\n"));
        let (left, below) = (LEFT - 8.0, at + 4.0);
        text.push_str(&format!("<text x=\"{left}\" y=\"{below:.1}\" text-anchor=\"end\">{}</text>\n", time(value)));
    }
}

/// The names, moved apart where the lines end close together.
fn labels(lines: &[&Line], y: &Axis, text: &mut String) {
    let ends = lines.iter().filter_map(|line| Some((y.at(line.points.last()?.1), *line)));
    let mut ends: Vec<(f64, &Line)> = ends.collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lowest = TOP - STEP;
    for (at, _) in &mut ends {
        *at = at.max(lowest + STEP);
        lowest = *at;
    }
    // What was pushed out at the bottom pushes back.
    let mut highest = HEIGHT - BOTTOM + STEP;
    for (at, _) in ends.iter_mut().rev() {
        *at = at.min(highest - STEP);
        highest = *at;
    }
    for (at, line) in ends {
        let (left, below) = (WIDTH - RIGHT + 10.0, at + 4.0);
        let weight = if line.style == Style::Ours { "bold" } else { "normal" };
        let (colour, name) = (line.style.colour(), &line.name);
        text.push_str(&format!(
            "<text x=\"{left}\" y=\"{below:.1}\" fill=\"{colour}\" font-weight=\"{weight}\">{name}</text>\n"
        ));
    }
}

/// A logarithmic scale.
struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    fn over(values: impl Iterator<Item = f64> + Clone, from: f64, to: f64) -> Self {
        let low = values.clone().fold(f64::INFINITY, f64::min).max(0.1).log10();
        let high = values.fold(0.1, f64::max).log10().max(low + 0.1);
        Self { low, high, from, to }
    }

    fn at(&self, value: f64) -> f64 {
        self.from + (value.max(0.1).log10() - self.low) / (self.high - self.low) * (self.to - self.from)
    }
}

pub(crate) fn size(bytes: f64) -> String {
    match bytes {
        ..1024.0 | 1460.0 => format!("{bytes:.0} B"),
        ..1_048_576.0 => format!("{:.0} KiB", bytes / 1024.0),
        _ => format!("{:.0} MiB", bytes / 1_048_576.0),
    }
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1000.0 => format!("{nanoseconds:.3} ns").replace(".000", ""),
        ..1e6 => format!("{:.3} µs", nanoseconds / 1e3).replace(".000", ""),
        _ => format!("{:.3} ms", nanoseconds / 1e6).replace(".000", ""),
    }
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 150.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 34.0;
/// The height of a name.
const STEP: f64 = 14.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_largest_to_the_right_and_to_the_top() {
        let line = |name: &str, factor: f64, style| Line {
            name: name.to_owned(),
            points: vec![(16.0, factor), (1024.0, 10.0 * factor)],
            style,
        };
        let text = svg(&[line("a", 10.0, Style::Ours), line("b", 20.0, Style::Peer(0)), line("c", 1.0, Style::Limit)]);
        assert!(text.starts_with("<svg") && text.ends_with("</svg>\n"));
        assert_eq!(text.matches("<polyline").count(), 3);
        let right = format!("{:.1},{TOP:.1}", WIDTH - RIGHT);
        assert!(text.contains(&right), "{text}");
        assert!(text.contains("<title>a: 100 ns at 1 KiB</title>"));
        assert_eq!(svg(&[]).matches("<polyline").count(), 0);
    }

    #[test]
    fn keeps_names_apart() {
        let line = |name: &str| Line { name: name.to_owned(), points: vec![(1.0, 5.0)], style: Style::Peer(1) };
        let text = svg(&[line("a"), line("b"), line("c")]);
        let mut heights: Vec<f64> = text
            .lines()
            .filter(|line| line.contains("font-weight"))
            .filter_map(|line| line.split("y=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        heights.sort_by(f64::total_cmp);
        assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= STEP - 0.11), "{heights:?}");
    }
}
