//! Public declarations without a comment above them.

/// The first lines of public declarations without a comment above them, by the layer's own style:
/// declarations begin after an empty line, an access specifier or a comment.
pub fn in_cxx(text: &str, checked: &mut usize) -> Vec<String> {
    let (mut is_detail, mut is_private) = (false, false);
    let mut before = "";
    let mut bare = Vec::new();
    for line in text.lines() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        match line {
            "namespace detail {" => is_detail = true,
            "} // namespace detail" => is_detail = false,
            _ => {}
        }
        match code {
            "private:" | "protected:" => is_private = true,
            "public:" => is_private = false,
            "};" if indent == 0 => is_private = false,
            _ => {}
        }
        let begins = before.is_empty() || before.ends_with(':') || before.starts_with("///");
        let declares = !code.is_empty()
            && !code.starts_with(['#', '/', '}', '.', '*'])
            && !code.ends_with(':')
            && !code.starts_with("namespace")
            && !code.starts_with("using ")
            && !code.ends_with("= delete;")
            && !code.starts_with("friend class");
        if begins && declares && !is_detail && !is_private && (indent == 0 || indent == 4) {
            *checked += 1;
            let is_forward = code.starts_with("class ") && code.ends_with(';');
            let is_definition = code.contains("::advance()");
            if !before.starts_with("///") && !is_forward && !is_definition {
                bare.push(code.to_owned());
            }
        }
        before = code;
    }
    bare
}

/// By explicit API mode everything that is public says so, but what overrides.
pub fn in_kotlin(text: &str, checked: &mut usize) -> Vec<String> {
    let is_bare = |line: &str| line.starts_with("public companion object");
    below(text, checked, |above| above.ends_with("*/"), is_bare)
}

/// What conforms to the language's own protocols is documented there.
pub fn in_swift(text: &str, checked: &mut usize) -> Vec<String> {
    let is_bare = |line: &str| {
        let own = ["typealias Element =", "static func ==", "func hash(into"];
        own.iter().any(|it| line.contains(it))
    };
    below(text, checked, |above| above.starts_with("///"), is_bare)
}

/// The lines that begin with `public` and have no comment above them and their attributes.
fn below(
    text: &str,
    checked: &mut usize,
    is_comment: fn(&str) -> bool,
    is_bare: fn(&str) -> bool,
) -> Vec<String> {
    let mut above = "";
    let mut bare = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("public ") && !line.contains(" override ") && !is_bare(line) {
            *checked += 1;
            if !is_comment(above) {
                bare.push(line.to_owned());
            }
        }
        if !line.starts_with('@') {
            above = line;
        }
    }
    bare
}
