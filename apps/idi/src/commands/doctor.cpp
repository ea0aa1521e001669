#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "commands.hpp"
#include "engine_opening.hpp"
#include "exit_codes.hpp"
#include "idi/core/text.hpp"
#include "idi/llama_runtime/runtime.hpp"
#include "idi/sql/join_planner.hpp"
#include "json_writer.hpp"
#include "opening.hpp"
#include "output.hpp"
#include "paths.hpp"
#include "version.hpp"

namespace idi::cli {
namespace {

enum class State { good, poor, bad };

struct Finding {
  std::string subject;
  State state = State::good;
  std::string text;
  std::string mend;  ///< What to do about it.
};

using Findings = std::vector<Finding>;

constexpr std::uintmax_t least_free_bytes = std::uintmax_t{200} << 20;

Finding of_error(std::string subject, State state, const Error& error) {
  std::string text = error.message;
  if (!error.detail.empty()) text += ": " + error.detail;
  return {std::move(subject), state, std::move(text), error.hint};
}

Finding check_wordnet() {
  const auto wordnet = link::WordNet::open();
  if (!wordnet) return of_error("word net", State::poor, wordnet.error());
  return {"word net", State::good, "synonyms are known", ""};
}

Finding check_parser(const std::string& chosen) {
  const auto file = find_weights(chosen);
  if (!file) return of_error("parser", State::bad, file.error());
  const auto parser = open_parser(file->string());
  if (!parser) return of_error("parser", State::bad, parser.error());
  return {"parser", State::good, fmt::format("{} ({})", file->string(), (*parser)->description()),
          ""};
}

/// Starts it, if there is one: only an answer shows that it works.
Finding check_language_model(const EngineOptions& options, const std::stop_token& stop) {
  constexpr std::chrono::milliseconds patience{30'000};
  const auto place = choose_model(options, true);
  if (!place) return of_error("model", State::poor, place.error());
  if (!*place) return {"model", State::good, "none: the built-in parser answers alone", ""};
  const auto service = model_generator::ModelService::make(**place);
  const auto start = std::chrono::steady_clock::now();
  const auto reached = reach_model(*service, Deadline::after(patience), stop);
  if (!reached) return of_error("model", State::poor, reached.error());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return {"model", State::good,
          fmt::format("{} answers, {:.1f} s after its start", service->status().name, took.count()),
          ""};
}

/// Needed only with a language model: without one the parser answers alone.
Finding check_runtime(const std::stop_token& stop) {
  const auto runtime = llama_runtime::find_runtime(llama_runtime::default_prefix());
  if (!runtime) return of_error("llama.cpp", State::poor, runtime.error());
  if (!*runtime) {
    return {"llama.cpp", State::good, "none: needed for language models (idi runtime install)", ""};
  }
  const auto version = llama_runtime::ask_version(**runtime, stop);
  if (!version) return of_error("llama.cpp", State::poor, version.error());
  return {"llama.cpp", State::good, fmt::format("{} ({})", (*runtime)->server.back(), *version),
          ""};
}

Finding check_directory(std::string subject, const std::filesystem::path& directory) {
  if (const auto writable = ensure_writable(directory); !writable) {
    return of_error(std::move(subject), State::poor, writable.error());
  }
  std::error_code error;
  const auto space = std::filesystem::space(directory, error);
  if (!error && space.available < least_free_bytes) {
    return {std::move(subject), State::poor,
            fmt::format("{}: only {} MB are free", directory.string(), space.available >> 20),
            "Free some space."};
  }
  return {std::move(subject), State::good, directory.string(), ""};
}

Finding check_terminal() {
  const TerminalTraits terminal = traits_of(STDOUT_FILENO);
  if (!terminal.is_terminal) {
    return {"terminal", State::good, "none here: plain text, no progress", ""};
  }
  std::string locale;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (locale.empty() && value) locale = value;
  }
  const std::string folded = text::to_lower_ascii(locale);
  if (folded.find("utf-8") == std::string::npos && folded.find("utf8") == std::string::npos) {
    return {"terminal", State::poor, fmt::format("the locale \"{}\" is not UTF-8", locale),
            "Set LANG=C.UTF-8."};
  }
  return {"terminal", State::good,
          fmt::format("{} columns, UTF-8{}", terminal.width, terminal.color ? ", colours" : ""),
          ""};
}

void check_database(const std::string& address, Findings& findings, const std::stop_token& stop) {
  const auto database = open_database(address);
  if (!database) {
    findings.push_back(of_error("database", State::bad, database.error()));
    return;
  }
  const auto schema = (*database)->introspect(stop);
  if (!schema) {
    findings.push_back(of_error("database", State::bad, schema.error()));
    return;
  }
  if (schema->tables.empty()) {
    findings.push_back({"database", State::bad, fmt::format("{} has no table", schema->name),
                        "Name a database that holds data."});
    return;
  }
  findings.push_back({"database", State::good,
                      fmt::format("{}: {} tables, {} columns", schema->name, schema->tables.size(),
                                  schema->column_count()),
                      ""});
  const auto inferred = sql::infer_foreign_keys(*schema).size();
  const auto declared = schema->foreign_keys.size();
  if (declared + inferred == 0 && schema->tables.size() > 1) {
    findings.push_back({"keys", State::poor, "none is declared, and names suggest none",
                        "Tables cannot be joined; declare foreign keys."});
  } else {
    findings.push_back({"keys", State::good,
                        fmt::format("{} declared, {} more suggested by names", declared, inferred),
                        ""});
  }
  if (const auto connection = (*database)->connect(); !connection) {
    findings.push_back(of_error("connection", State::bad, connection.error()));
  }
}

std::string_view state_name(State state) {
  return state == State::good ? "good" : state == State::poor ? "poor" : "bad";
}

std::string as_json(const Findings& findings) {
  JsonWriter json;
  json.begin_object().key("version").text(program_version).key("findings").begin_array();
  for (const auto& finding : findings) {
    json.begin_object().key("subject").text(finding.subject);
    json.key("state").text(state_name(finding.state));
    json.key("text").text(finding.text).key("mend").text(finding.mend).end_object();
  }
  return json.end_array().end_object().take();
}

std::string as_text(const Findings& findings, const TerminalTraits& terminal) {
  std::string out = fmt::format("idi {}\n", program_version);
  for (const auto& finding : findings) {
    const auto [sign, code] = finding.state == State::good   ? std::pair("✓", "32")
                              : finding.state == State::poor ? std::pair("!", "33")
                                                             : std::pair("✗", "31");
    const std::string mark = terminal.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, sign) : sign;
    out +=
        fmt::format("{} {:<12} {}\n", mark, finding.subject, safe_for_terminal(finding.text, true));
    if (finding.state == State::good || finding.mend.empty()) continue;
    for (const auto& line : text::split(finding.mend, '\n')) {
      out += fmt::format("               {}\n", safe_for_terminal(line, true));
    }
  }
  return out;
}

}  // namespace

int run_doctor(const DoctorOptions& options, Interrupt& interrupt) {
  const auto stop = interrupt.begin(std::chrono::milliseconds(80));
  Findings findings;
  findings.push_back(check_parser(options.source.engines.parser));
  findings.push_back(check_language_model(options.source.engines, stop));
  findings.push_back(check_wordnet());
  findings.push_back(check_runtime(stop));
  findings.push_back(check_directory("cache", cache_directory()));
  findings.push_back(check_directory("history", state_directory()));
  findings.push_back(check_terminal());
  if (const auto address = database_address(options.source.database)) {
    check_database(*address, findings, stop);
  }
  interrupt.end();

  Output out(stdout);
  out.write(options.json ? as_json(findings) : as_text(findings, traits_of(STDOUT_FILENO)));
  if (const auto written = out.finish(); !written) {
    print_error(written.error());
    return exit_error;
  }
  for (const auto& finding : findings) {
    if (finding.state == State::bad) return exit_error;
  }
  return exit_ok;
}

}  // namespace idi::cli
