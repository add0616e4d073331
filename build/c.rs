//! Reads C: the small part of the language that the header is written in.

/// A declaration and the comment in front of it.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// The lines of the `/** */` comment, without its stars.
    pub comment: Vec<String>,
    /// The section in which it stands, e.g. `room`.
    pub section: Option<String>,
    /// What is declared.
    pub kind: Kind,
}

/// What can be declared.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `#define NAME value`
    Constant { name: String, value: String },
    /// `typedef struct Name Name;`
    Opaque { name: String },
    /// `typedef struct Name { ... } Name;`
    Structure { name: String, fields: Vec<Field> },
    /// `#define NAME {value, ...}`: the first state of a structure.
    Initialiser { name: String },
    /// `typedef int32_t Name;`
    Integer { name: String, c_type: String },
    /// `typedef void (*Name)(...);`
    Callback { name: String, prototype: Prototype },
    /// `VSDK_API int32_t name(...);`
    Function { name: String, prototype: Prototype },
}

/// A field of a structure.
#[derive(Clone, Debug)]
pub struct Field {
    /// The lines of the comment in front of it.
    pub comment: Vec<String>,
    pub c_type: String,
    pub name: String,
}

/// What a function or callback takes and gives.
#[derive(Clone, Debug)]
pub struct Prototype {
    /// The type of the result; `void` for none.
    pub returns: String,
    /// Types and names.
    pub parameters: Vec<(String, String)>,
}

impl Kind {
    /// The declared name.
    pub fn name(&self) -> &str {
        match self {
            Kind::Constant { name, .. }
            | Kind::Opaque { name }
            | Kind::Structure { name, .. }
            | Kind::Initialiser { name }
            | Kind::Integer { name, .. }
            | Kind::Callback { name, .. }
            | Kind::Function { name, .. } => name,
        }
    }
}

/// Every declaration of a text, in order. What stands inside `#if` (but for the include guard)
/// is preprocessor work and no declaration.
pub fn read(text: &str) -> Result<Vec<Declaration>, String> {
    let mut declarations = Vec::new();
    let mut section = None;
    let mut comment = Vec::new();
    let mut condition_depth = 0;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.starts_with("#if") {
            condition_depth += usize::from(!line.ends_with("_H"));
        } else if line.starts_with("#endif") {
            condition_depth = condition_depth.saturating_sub(1);
        } else if condition_depth > 0 || line.is_empty() {
        } else if line.starts_with("/*") {
            let read = read_comment(line, &mut lines)?;
            if let Some(name) = read
                .iter()
                .find_map(|line| line.strip_prefix("@defgroup vsdk_"))
            {
                section = name.split_whitespace().next().map(str::to_owned);
            } else if read.iter().any(|line| line == "@}") {
                section = None;
            } else if line.starts_with("/**") {
                comment = read;
            }
        } else if let Some(definition) = line.strip_prefix("#define ") {
            if let Some((name, value)) = definition.split_once(' ') {
                let (name, value) = (name.to_owned(), value.trim().to_owned());
                let kind = match value.starts_with('{') {
                    true => Kind::Initialiser { name },
                    false => Kind::Constant { name, value },
                };
                let comment = std::mem::take(&mut comment);
                declarations.push(Declaration {
                    comment,
                    section: section.clone(),
                    kind,
                });
            }
        } else if !line.starts_with('#') {
            let is_structure = line.starts_with("typedef struct ") && line.ends_with('{');
            let kind = match is_structure {
                true => structure(&mut lines)?,
                false => declaration(&statement(line, &mut lines)?)?,
            };
            let comment = std::mem::take(&mut comment);
            declarations.push(Declaration {
                comment,
                section: section.clone(),
                kind,
            });
        }
    }
    Ok(declarations)
}

fn read_comment<'a>(
    first: &'a str,
    lines: &mut impl Iterator<Item = &'a str>,
) -> Result<Vec<String>, String> {
    let mut read = Vec::new();
    let mut line = first.trim_start_matches("/**").trim_start_matches("/*");
    loop {
        let (content, ended) = match line.split_once("*/") {
            Some((content, _)) => (content, true),
            None => (line, false),
        };
        read.push(
            content
                .strip_prefix(' ')
                .unwrap_or(content)
                .trim_end()
                .to_owned(),
        );
        if ended {
            break;
        }
        line = lines
            .next()
            .ok_or_else(|| format!("the comment `{first}` never ends"))?;
        line = line.trim_start();
        line = line
            .strip_prefix('*')
            .filter(|rest| !rest.starts_with('/'))
            .unwrap_or(line);
    }
    while read.first().is_some_and(String::is_empty) {
        read.remove(0);
    }
    while read.last().is_some_and(String::is_empty) {
        read.pop();
    }
    Ok(read)
}

/// From behind the opening brace to `} Name;`.
fn structure<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Result<Kind, String> {
    let mut fields = Vec::new();
    let mut comment = Vec::new();
    loop {
        let line = lines.next().ok_or("a structure never ends")?.trim();
        if line.starts_with("/**") {
            comment = read_comment(line, lines)?;
        } else if let Some(name) = line.strip_prefix("} ") {
            let name = name.trim_end_matches(';').to_owned();
            return Ok(Kind::Structure { name, fields });
        } else {
            let (c_type, name) = line
                .strip_suffix(';')
                .and_then(type_and_name)
                .ok_or_else(|| format!("`{line}` is no field of the forms that the header uses"))?;
            fields.push(Field {
                comment: std::mem::take(&mut comment),
                c_type,
                name,
            });
        }
    }
}

/// From its first line to its semicolon, with single spaces and without the latter.
fn statement<'a>(
    first: &'a str,
    lines: &mut impl Iterator<Item = &'a str>,
) -> Result<String, String> {
    let mut text = first.to_owned();
    while !text.ends_with(';') {
        let next = lines.next().ok_or_else(|| format!("`{text}` never ends"))?;
        text.push(' ');
        text.push_str(next.trim());
    }
    text.pop();
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn declaration(code: &str) -> Result<Kind, String> {
    let unknown = || format!("`{code}` is none of the forms that the header uses");
    let code = code.strip_prefix("VSDK_API ").unwrap_or(code);
    if let Some(definition) = code.strip_prefix("typedef ") {
        if let Some((returns, rest)) = definition.split_once("(*") {
            let (name, rest) = rest.split_once(')').ok_or_else(unknown)?;
            let prototype = prototype(returns, rest).ok_or_else(unknown)?;
            return Ok(Kind::Callback {
                name: name.to_owned(),
                prototype,
            });
        }
        let (aliased, name) = definition.rsplit_once(' ').ok_or_else(unknown)?;
        let name = name.to_owned();
        return match aliased.strip_prefix("struct ") {
            Some(tag) if tag == name => Ok(Kind::Opaque { name }),
            Some(_) => Err(unknown()),
            None => Ok(Kind::Integer {
                name,
                c_type: aliased.to_owned(),
            }),
        };
    }
    let (head, rest) = code.split_once('(').ok_or_else(unknown)?;
    let (returns, name) = type_and_name(head).ok_or_else(unknown)?;
    let prototype = prototype(&returns, &format!("({rest}")).ok_or_else(unknown)?;
    Ok(Kind::Function { name, prototype })
}

fn prototype(returns: &str, parameters: &str) -> Option<Prototype> {
    let parameters = parameters.trim().strip_prefix('(')?.strip_suffix(')')?;
    let parameters = match parameters {
        "void" | "" => Vec::new(),
        _ => parameters
            .split(',')
            .map(type_and_name)
            .collect::<Option<_>>()?,
    };
    Some(Prototype {
        returns: returns.trim().to_owned(),
        parameters,
    })
}

/// Splits `const char *name` into `const char *` and `name`.
fn type_and_name(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let start = text.rfind([' ', '*'])? + 1;
    let name = &text[start..];
    let named = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_');
    named.then(|| (text[..start].trim().to_owned(), name.to_owned()))
}
