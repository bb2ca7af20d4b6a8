//! One picture as SVG, on a light card of its own: so it can be read on a page of any colour.

/// What is drawn so far.
#[derive(Debug)]
pub(crate) struct Picture {
    width: f64,
    height: f64,
    head: String,
    body: String,
}

/// A rectangle, and by its class what kind of thing it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) class: &'static str,
}

impl Picture {
    /// An empty one. The title and the description are for those who hear it.
    pub(crate) fn new(width: f64, height: f64, title: &str, description: &str) -> Self {
        let head = format!("<title>{}</title>\n<desc>{}</desc>\n", escaped(title), escaped(description));
        Self { width, height, head, body: String::new() }
    }

    /// A rectangle with lines of text in its middle: the first is its name.
    pub(crate) fn boxed(&mut self, rect: Rect, lines: &[&str]) {
        let Rect { x, y, width, height, class } = rect;
        self.body.push_str(&format!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"6\"/>\n"
        ));
        let middle = x + width / 2.0;
        let mut below = y + height / 2.0 + 5.0 - LINE / 2.0 * (lines.len().saturating_sub(1)) as f64;
        for (index, line) in lines.iter().enumerate() {
            self.text(middle, below, if index == 0 { "name" } else { "small" }, line);
            below += LINE;
        }
    }

    /// A line of text, around this point or, with the class `left`, from it on.
    pub(crate) fn text(&mut self, x: f64, y: f64, class: &str, text: &str) {
        let text = escaped(text);
        self.body.push_str(&format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>\n"));
    }

    /// An arrow along a path.
    pub(crate) fn arrow(&mut self, path: &str, class: &str) {
        self.body.push_str(&format!("<path class=\"arrow {class}\" d=\"{path}\" marker-end=\"url(#tip)\"/>\n"));
    }

    /// Anything else, as it is.
    pub(crate) fn raw(&mut self, svg: &str) {
        self.body.push_str(svg);
    }

    pub(crate) fn finish(self) -> String {
        let Self { width, height, head, body } = self;
        let (right, bottom) = (width - 1.0, height - 1.0);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" font-family=\"system-ui, -apple-system, 'Segoe UI', sans-serif\">\n\
             {head}{STYLE}<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{right}\" height=\"{bottom}\" rx=\"8\"/>\n\
             {body}</svg>\n"
        )
    }
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// From one line of text to the next.
const LINE: f64 = 17.0;

const STYLE: &str = "<style>
.card { fill: #ffffff; stroke: #d0d7de }
.name, .small, .label, .left { text-anchor: middle; fill: #1f2328; font-size: 14px }
.name { font-weight: 600 }
.small { font-size: 12px; fill: #4b535c }
.label { font-size: 12px; fill: #1f2328; paint-order: stroke; stroke: #ffffff; stroke-width: 5px }
.left { text-anchor: start; font-size: 12px; fill: #4b535c }
.ours { fill: #e3f1fd; stroke: #0969da }
.yours { fill: #fff6d6; stroke: #9a6700 }
.good { fill: #e2f6e5; stroke: #1a7f37 }
.bad { fill: #ffe9e7; stroke: #cf222e }
.inside { fill: #f6f9fc; stroke: #8fb8e8; stroke-dasharray: 5 4 }
.arrow { fill: none; stroke: #57606a; stroke-width: 1.4 }
.optional { stroke-dasharray: 5 4 }
</style>
<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">\
<path d=\"M0 0.8 7.5 4 0 7.2z\" fill=\"#57606a\"/></marker></defs>
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_it_shows() {
        let mut picture = Picture::new(100.0, 50.0, "A & B", "a <b>");
        picture.boxed(Rect { x: 1.0, y: 2.0, width: 3.0, height: 4.0, class: "ours" }, &["Vec<u8>"]);
        let text = picture.finish();
        assert!(text.contains("<title>A &amp; B</title>\n<desc>a &lt;b&gt;</desc>"), "{text}");
        assert!(text.contains(">Vec&lt;u8&gt;</text>") && text.ends_with("</svg>\n"));
    }
}
