#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string>

#include "exit_codes.hpp"
#include "idi/llama_runtime/runtime.hpp"
#include "json_writer.hpp"
#include "output.hpp"
#include "progress_line.hpp"
#include "runtime_commands.hpp"

namespace idi::cli {
namespace {

namespace fs = std::filesystem;
using llama_runtime::Installation;
using llama_runtime::Runtime;

int failed(const Error& error) {
  print_error(error);
  return exit_code_of(error.code);
}

int print(const std::string& text, int code) {
  Output out(stdout);
  out.write(text);
  const auto written = out.finish();
  return written ? code : failed(written.error());
}

std::string_view origin_name(Runtime::Origin origin) {
  switch (origin) {
    case Runtime::Origin::environment:
      return "IDI_LLAMA_SERVER";
    case Runtime::Origin::path:
      return "PATH";
    case Runtime::Origin::installed:
      return "installed";
  }
  return "";
}

/// Everything that can be said; each part may be missing or in disorder for itself.
struct RuntimeState {
  std::optional<Runtime> runtime;
  std::string version;  ///< Empty: it does not run.
  std::optional<Installation> installation;
  std::optional<Error> trouble;  ///< The first.
  [[nodiscard]] bool good() const { return runtime && !trouble; }
};

RuntimeState look(const std::stop_token& stop) {
  RuntimeState state;
  const auto note = [&](const Error& error) {
    if (!state.trouble) state.trouble = error;
  };
  const fs::path prefix = llama_runtime::default_prefix();
  if (auto found = llama_runtime::find_runtime(prefix)) {
    state.runtime = std::move(*found);
  } else {
    note(found.error());
  }
  if (state.runtime) {
    if (auto version = llama_runtime::ask_version(*state.runtime, stop)) {
      state.version = std::move(*version);
    } else {
      note(version.error());
    }
  }
  if (auto installation = llama_runtime::read_installation(prefix)) {
    state.installation = std::move(*installation);
  } else {
    note(installation.error());
  }
  if (state.installation) {
    if (const auto whole = llama_runtime::verify_installation(prefix, stop); !whole) {
      note(whole.error());
    }
  }
  return state;
}

std::string as_text(const RuntimeState& state) {
  if (!state.runtime && !state.installation) {
    return "There is no llama-server. `idi runtime install` fetches it.\n";
  }
  std::string text;
  if (state.runtime) {
    text += fmt::format("llama-server  {}\n", state.version.empty()
                                                  ? "does not run"
                                                  : safe_for_terminal(state.version, true));
    text += fmt::format("found by      {}\n", origin_name(state.runtime->origin));
    text +=
        fmt::format("program       {}\n", safe_for_terminal(state.runtime->server.back(), true));
  }
  if (state.installation) {
    text += fmt::format("installed     {}, {} packages for {} from {}\n",
                        safe_for_terminal(state.installation->version, true),
                        state.installation->packages.size(), state.installation->architecture,
                        safe_for_terminal(state.installation->mirror, true));
    text += state.installation->pinned
                ? "versions      the ones that IDI was tested with\n"
                : "versions      newer than the ones that IDI was tested with\n";
  }
  return text;
}

std::string as_json(const RuntimeState& state) {
  JsonWriter json;
  json.begin_object().key("good").boolean(state.good());
  json.key("origin");
  if (state.runtime) {
    json.text(origin_name(state.runtime->origin));
    json.key("version").text(state.version);
    json.key("command").texts(state.runtime->server);
  } else {
    json.null();
  }
  json.key("installation");
  if (state.installation) {
    json.begin_object();
    json.key("version").text(state.installation->version);
    json.key("mirror").text(state.installation->mirror);
    json.key("architecture").text(state.installation->architecture);
    json.key("pinned").boolean(state.installation->pinned);
    json.key("packages").begin_array();
    for (const auto& package : state.installation->packages) {
      json.begin_object().key("name").text(package.name);
      json.key("version").text(package.version).key("sha256").text(package.sha256).end_object();
    }
    json.end_array().end_object();
  } else {
    json.null();
  }
  json.key("trouble").text(state.trouble ? state.trouble->message : "");
  return json.end_object().take();
}

}  // namespace

int run_runtime_install(const RuntimeInstallOptions& options, Interrupt& interrupt) {
  const fs::path prefix = llama_runtime::default_prefix();
  const auto stop = interrupt.begin(std::chrono::milliseconds(5'000));
  const auto install = [&]() -> Result<Runtime> {
    ProgressLine line(true);
    return llama_runtime::install_runtime(
        prefix,
        [&line](const llama_runtime::InstallProgress& progress) {
          line.show(fmt::format("{:3.0f} %  {}", progress.percent, progress.message));
        },
        stop, {options.again, options.mirror});
  };
  const auto installed = install();
  interrupt.end();
  if (!installed) return failed(installed.error());
  const auto installation = llama_runtime::read_installation(prefix);
  if (!installation) return failed(installation.error());
  if (*installation && !(*installation)->pinned) {
    print_warning(
        "the archive no longer has the version that IDI was tested with, or never had it for this "
        "processor: this is its newest");
  }
  return print(fmt::format("llama-server {} in {}\n", safe_for_terminal(installed->version, true),
                           safe_for_terminal(prefix.string(), true)),
               exit_ok);
}

int run_runtime_status(const RuntimeStatusOptions& options, Interrupt& interrupt) {
  const RuntimeState state = look(interrupt.begin(std::chrono::milliseconds(2'000)));
  interrupt.end();
  const int code =
      print(options.json ? as_json(state) : as_text(state), state.good() ? exit_ok : exit_error);
  if (state.trouble && !options.json) return failed(*state.trouble);
  return code;
}

int run_runtime_remove() {
  const fs::path prefix = llama_runtime::default_prefix();
  const auto removed = llama_runtime::remove_runtime(prefix);
  return removed ? exit_ok : failed(removed.error());
}

}  // namespace idi::cli
