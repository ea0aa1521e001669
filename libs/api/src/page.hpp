// The page's files as they were embedded: the smallest form that the client takes, and nothing at
// all if it has the file already. Immutable; any thread.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "idi/api/api.hpp"

namespace idi::api {

class Page {
 public:
  explicit Page(std::vector<StaticFile> files);
  /// "/" and addresses that only the page's own code knows ("/s/…": no dot in the last part) are
  /// index.html; a file that is not there is 404.
  [[nodiscard]] http::Response respond(const http::Request& request) const;

 private:
  [[nodiscard]] const StaticFile* find(std::string_view path) const;

  std::map<std::string_view, StaticFile> files_;
};

}  // namespace idi::api
