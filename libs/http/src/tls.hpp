// The server's certificate and key as an OpenSSL context.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>

#include "idi/core/result.hpp"

namespace idi::http {

/// TLS 1.2 and later. Errors: not_found, unreadable, invalid_argument (not PEM, encrypted key, key
/// of another certificate).
[[nodiscard]] Result<std::unique_ptr<boost::asio::ssl::context>> open_tls_context(
    const std::filesystem::path& certificate, const std::filesystem::path& private_key);

}  // namespace idi::http
