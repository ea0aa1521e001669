// What the command line said, as plain values: one struct per command. Filled by the
// *command_line.cpp files, the only ones that know CLI11.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace idi::cli {

/// Who writes SQL.
struct EngineOptions {
  std::string parser;    ///< Weights file; empty: the usual places (paths.hpp).
  std::string model;     ///< Name, file, "none"; empty: IDI_MODEL, else the one in use.
  std::string llm;       ///< Address of a model's server; it comes before `model`.
  std::string llm_key;   ///< File that holds its key.
  std::string llm_name;  ///< The model to ask for there; empty: the server's first.
  std::string policy;    ///< fast, careful or model; empty: fast.
};

/// What "last month" is.
struct CalendarOptions {
  std::string today;      ///< ISO; empty: the clock's.
  std::string time_zone;  ///< Empty: the system's.
  unsigned fiscal_year_begins = 1;
  std::string week_begins = "monday";
  bool month_before_day = false;
};

/// How to reach what answers; shared by the commands that ask.
struct SourceOptions {
  std::string database;  ///< "sqlite:FILE"; empty: IDI_DB.
  EngineOptions engines;
  CalendarOptions calendar;
};

enum class AnswerFormat { text, json, csv, sql };

struct AskOptions {
  SourceOptions source;
  std::string question;
  AnswerFormat format = AnswerFormat::text;
  bool explain = false;
  std::vector<std::string> choices;  ///< "CARD=OPTION": answers to what would be asked back.
  bool no_questions = false;         ///< The likeliest reading, instead of asking back.
  std::int64_t max_rows = 1'000;
  double timeout_s = 30;
};

struct ChatOptions {
  SourceOptions source;
  bool explain = false;
  bool no_questions = false;
  std::int64_t max_rows = 100;
  double timeout_s = 30;
};

struct ServeOptions {
  SourceOptions source;
  std::optional<std::string>
      listen;  ///< "ADDR:PORT"; none: 127.0.0.1:8080, or another port if that is taken.
  std::string certificate;
  std::string private_key;
  std::vector<std::string> host_names;
  std::string sessions;  ///< Empty: a file in the user's data folder.
  int workers = 0;       ///< Questions at once.
  std::int64_t max_rows = 1'000;
  double timeout_s = 30;
};

struct SchemaOptions {
  SourceOptions source;
  bool json = false;
};

struct DoctorOptions {
  SourceOptions source;  ///< The database is optional here.
  bool json = false;
};

struct DemoOptions {
  std::string file;    ///< Empty: the usual place.
  bool force = false;  ///< Replace a file that is there.
};

enum class Shell { bash, zsh, fish };

}  // namespace idi::cli
