// Time and memory of every step from a database file to an answer, measured in one process through
// the same rooms that the program uses.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "samples.hpp"

namespace idi::bench {

/// One step. Memory comes from one pass apart from the timed ones.
struct StepCost {
  std::string name;
  Samples ms, cpu_ms;   ///< CPU time is not known of the single phases of an answer.
  double kept_mib = 0;  ///< Allocated in the step and still held after it.
  double peak_mib = 0;  ///< Of the whole process, mapped files included, while the step ran.
};

struct PhaseCosts {
  std::vector<StepCost> opening;    ///< Once per process, in order.
  std::vector<StepCost> answering;  ///< Once per question, on an open database; then their sum.
  std::vector<StepCost> parts;      ///< Single calls of the rooms that a phase is made of.
  int tables = 0, columns = 0, foreign_keys = 0;
  double linked_columns = 0;  ///< Mean over the questions of what the linker passed on.
  int most_linked_columns = 0;
  int questions = 0, unanswered = 0;
  double value_index_mib = 0;  ///< On disk.
  double peak_mib = 0;         ///< Of the whole process over everything.
};

struct PhaseOptions {
  std::filesystem::path database;
  std::filesystem::path model;
  std::filesystem::path cache;  ///< A folder of its own, emptied.
  std::vector<std::string> questions;
  int openings = 5;  ///< The index of the values is built in the first of them only.
  int rounds = 5;    ///< Of all questions, after one that is not counted.
};

/// Errors: those of the rooms, while opening. A question that has no answer is only counted.
[[nodiscard]] Result<PhaseCosts> measure_phases(const PhaseOptions& options);

}  // namespace idi::bench
