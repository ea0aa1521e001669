// Schemas for the diagnosis of errors, read when first needed. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "idi/core/schema.hpp"
#include "idi/dataset/spider_tables.hpp"
#include "scorer.hpp"

namespace idi::eval {

class Schemas {
 public:
  explicit Schemas(dataset::SpiderTables described) : described_(std::move(described)) {}

  /// As tables.json tells it, else as the database does; null if neither can.
  [[nodiscard]] const Schema* of(const Question& question);

 private:
  const dataset::SpiderTables described_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<const Schema>> introspected_;  // null: it failed
};

}  // namespace idi::eval
