//! Writes the judge's table: one row for each function and type of the API.

use std::fmt::Write;

use crate::api::{Api, Function, Parameter, Type};

/// The text of `table.c`.
pub fn write(api: &Api) -> String {
    let mut text = String::from("#include \"misuse/objects.h\"\n#include \"misuse/table.h\"\n\n");
    let types = opaque_types(api);
    // The judge has a destroy function of its own, which counts.
    let is_idle = |it: &&Type| it.kind == "callback" && it.name != "VsdkDestroyFn";
    for callback in api.types.iter().filter(is_idle) {
        let parameters = callback.parameters.as_deref().unwrap_or_default();
        let declared: Vec<String> = parameters
            .iter()
            .map(|it| format!("{} {}", it.c_type, it.name))
            .collect();
        let ignored: String = parameters
            .iter()
            .map(|it| format!(" (void){};", it.name))
            .collect();
        let (name, declared) = (&callback.name, declared.join(", "));
        writeln!(text, "static void idle_{name}({declared}) {{{ignored} }}").unwrap();
    }
    // Others only go to callbacks.
    let is_parameter = |it: &&Type| {
        let parameters = api.functions.iter().flat_map(|one| &one.parameters);
        let mut targets = parameters.map(|one| target(&one.c_type));
        targets.any(|target| target == it.name)
    };
    let structures = api.types.iter().filter(|it| it.kind == "structure");
    for structure in structures.filter(is_parameter) {
        let name = &structure.name;
        let initialiser = structure.initialiser.as_deref().expect("a macro");
        writeln!(text, "static const {name} initial_{name} = {initialiser};").unwrap();
    }
    for name in &types {
        writeln!(
            text,
            "static void *make_{name}_(void) {{ return make_{name}(); }}"
        )
        .unwrap();
    }
    for named in api.types.iter().filter(|it| it.freed_with.is_some()) {
        let (name, free) = (&named.name, named.freed_with.as_deref().unwrap_or_default());
        writeln!(
            text,
            "static void free_{name}(void *handle) {{ {free}(handle); }}"
        )
        .unwrap();
    }
    for function in &api.functions {
        text.push_str(&thunk(api, function));
    }

    text.push_str("\nconst struct type types[] = {\n");
    for named in api.types.iter().filter(|it| it.kind == "opaque") {
        let name = &named.name;
        let free = named
            .freed_with
            .as_ref()
            .map_or("NULL".to_owned(), |_| format!("free_{name}"));
        writeln!(text, "    {{\"{name}\", make_{name}_, {free}}},").unwrap();
    }
    writeln!(text, "}};\nconst int type_count = {};\n", types.len()).unwrap();

    text.push_str("const struct function functions[] = {\n");
    for function in &api.functions {
        text.push_str(&row(api, &types, function));
    }
    writeln!(
        text,
        "}};\nconst int function_count = {};",
        api.functions.len()
    )
    .unwrap();
    text
}

fn opaque_types(api: &Api) -> Vec<&str> {
    api.types
        .iter()
        .filter(|it| it.kind == "opaque")
        .map(|it| it.name.as_str())
        .collect()
}

fn is_kind(api: &Api, name: &str, kind: &str) -> bool {
    api.types
        .iter()
        .any(|it| it.name == name && it.kind == kind)
}

/// A function of one form that calls a function of any form.
fn thunk(api: &Api, function: &Function) -> String {
    let arguments: Vec<String> = function
        .parameters
        .iter()
        .enumerate()
        .map(|(index, parameter)| {
            let c_type = &parameter.c_type;
            if c_type.ends_with('*') {
                format!("({c_type})arguments[{index}].pointer")
            } else if is_kind(api, c_type, "callback") {
                format!("({c_type})arguments[{index}].function")
            } else {
                format!("({c_type})arguments[{index}].integer")
            }
        })
        .collect();
    let call = format!("{}({})", function.name, arguments.join(", "));
    let body = match function.returns.c_type.as_str() {
        "void" => format!("{call}; return 0;"),
        pointer if pointer.ends_with('*') => format!("return (int64_t)(intptr_t){call};"),
        _ => format!("return (int64_t){call};"),
    };
    let name = &function.name;
    format!(
        "static int64_t call_{name}(const struct argument *arguments) {{ (void)arguments; {body} }}\n"
    )
}

fn row(api: &Api, types: &[&str], function: &Function) -> String {
    let index = |handle: &Option<String>| {
        handle
            .as_ref()
            .and_then(|name| types.iter().position(|it| it == name))
    };
    let result_type = index(&function.returns.handle).map_or(-1, |index| index as i32);
    let has_error = function
        .parameters
        .iter()
        .any(|it| it.c_type == "VsdkError **");
    let result = match function.returns.c_type.as_str() {
        "void" => "NOTHING",
        "VsdkStatus" if has_error => "STATUS",
        _ if function.returns.ownership.as_deref() == Some("owned") => "OBJECT",
        _ => "VALUE",
    };
    let name = &function.name;
    let replaces = i32::from(name.contains("_set_") && name.ends_with("_handler"));
    let absent = absent(&function.returns.doc);
    let mut text = format!(
        "    {{\"{name}\", call_{name}, {result}, {absent}, {result_type}, {replaces}, {}, {{\n",
        function.parameters.len()
    );
    for (position, parameter) in function.parameters.iter().enumerate() {
        let kind = kind(api, function, position);
        let handle = index(&parameter.handle).map_or(-1, |index| index as i32);
        let size = match parameter.c_type.strip_suffix('*') {
            Some(target) if matches!(kind, "OUT" | "ERROR" | "STRUCTURE" | "FILLED") => {
                format!("sizeof({target})")
            }
            _ => "0".to_owned(),
        };
        writeln!(
            text,
            "        {{\"{}\", {kind}, {}, {handle}, (int){size}, {}, {}, {}, {}, {}}},",
            parameter.name,
            i32::from(parameter.nullable),
            i32::from(parameter.ownership.as_deref() == Some("owned")),
            sensible_text(kind, &parameter.name),
            sensible_integer(api, kind, parameter),
            match kind {
                "CALLBACK" => format!("(any_function)idle_{}", parameter.c_type),
                _ => "NULL".to_owned(),
            },
            match kind {
                "STRUCTURE" | "FILLED" => format!("&initial_{}", target(&parameter.c_type)),
                _ => "NULL".to_owned(),
            },
        )
        .unwrap();
    }
    // C has no empty initialiser.
    if function.parameters.is_empty() {
        text.push_str("        {NULL, NUMBER, 0, -1, 0, 0, NULL, 0, NULL, NULL},\n");
    }
    text + "    }},\n"
}

/// What a getter answers when it cannot tell: its comment says so when that is not NULL or 0.
fn absent(doc: &str) -> &'static str {
    if doc.contains("-1 when") {
        "-1"
    } else if doc.contains("VSDK_AUDIO_LEVEL_UNKNOWN when") {
        "VSDK_AUDIO_LEVEL_UNKNOWN"
    } else if doc.contains("INT64_MAX when") {
        "INT64_MAX"
    } else {
        "0"
    }
}

fn kind(api: &Api, function: &Function, position: usize) -> &'static str {
    let parameter = &function.parameters[position];
    let c_type = parameter.c_type.as_str();
    let is_length = |it: &Parameter| it.c_type == "size_t" && it.direction == "in";
    let next_is_length = function.parameters.get(position + 1).is_some_and(|it| {
        is_length(it) && (it.name.contains("length") || it.name.contains("count"))
    });
    match c_type {
        "VsdkError **" => "ERROR",
        "VsdkDestroyFn" => "DESTROY",
        "void *" => "USER_DATA",
        _ if parameter.ownership.as_deref() == Some("freed") => "FREED",
        _ if is_kind(api, target(c_type), "structure") => match parameter.direction.as_str() {
            "in" => "STRUCTURE",
            _ => "FILLED",
        },
        _ if parameter.direction != "in" => "OUT",
        _ if parameter.handle.is_some() => "HANDLE",
        "const char *const *" => "TEXTS",
        _ if c_type.ends_with('*') && next_is_length => "BYTES",
        "const char *" => "TEXT",
        "size_t" if parameter.name == "index" => "INDEX",
        "size_t" => "LENGTH",
        _ if is_kind(api, c_type, "callback") => "CALLBACK",
        _ if is_kind(api, c_type, "integer") => "CHOICE",
        "int64_t" if parameter.name == "timeout_ms" => {
            if parameter.doc.contains("VSDK_TIMEOUT_INFINITE") {
                "PATIENCE"
            } else {
                "TIMEOUT"
            }
        }
        "int32_t" if is_flag(&parameter.doc) => "FLAG",
        _ if c_type.ends_with('*') => panic!("{}: what is `{}`?", function.name, parameter.name),
        _ => "NUMBER",
    }
}

/// What a pointer points to.
fn target(c_type: &str) -> &str {
    c_type
        .trim_start_matches("const ")
        .trim_end_matches(['*', ' '])
}

/// "1 or 0", with or without a word on which is the default.
fn is_flag(doc: &str) -> bool {
    let first = doc
        .split('.')
        .next()
        .unwrap_or_default()
        .replace(" (the default)", "");
    first.starts_with("1 or 0") || first.starts_with("0 or 1")
}

fn sensible_text(kind: &str, name: &str) -> &'static str {
    match name {
        _ if !matches!(kind, "TEXT" | "TEXTS") => "NULL",
        _ if name.ends_with("token") => "&sensible_token",
        _ if name.ends_with("url") => "&sensible_url",
        _ if name.ends_with("json") => "&sensible_json",
        _ => "&sensible_text",
    }
}

fn sensible_integer(api: &Api, kind: &str, parameter: &Parameter) -> String {
    match kind {
        "CHOICE" => {
            let is_value = |name: &Option<String>| name.as_ref() == Some(&parameter.c_type);
            let value = api.constants.iter().find(|it| is_value(&it.group));
            value.map_or("0".to_owned(), |it| it.name.clone())
        }
        "NUMBER" => "1".to_owned(),
        "FLAG" => "1".to_owned(),
        // What a place holds after a failure: 0 is somebody's standard input.
        "OUT" if parameter.name == "descriptor" => "-1".to_owned(),
        _ => "0".to_owned(),
    }
}
