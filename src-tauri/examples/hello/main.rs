//! A bare window that only says hello: what Berth's start is measured against.

fn main() {
    tauri::Builder::default()
        .run(tauri::generate_context!("examples/hello/tauri.conf.json"))
        .expect("a bare window opens");
}
