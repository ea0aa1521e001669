// A RapidCheck property, tried as often as its cost allows.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <sstream>
#include <string>

namespace idi::grammar::testing {

/// Without shrinking: a seed does not get simpler by getting smaller, and a failure shows its
/// statement.
void check_times(const std::string& what, int times, const auto& property) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = times;
  params.disableShrinking = true;
  rc::detail::TestMetadata metadata;
  metadata.description = what;
  const auto result = rc::detail::checkTestable(property, metadata, params);
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << what << "\n" << text.str();
}

}  // namespace idi::grammar::testing
