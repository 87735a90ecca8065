#pragma once

#include "tests/integration/every_operation_rows.hpp"
#include "tests/integration/world.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

/// What the API has to say about the known users, written from the contract, for every suite that
/// goes through the whole API.
namespace polar_flow::testing {

/// How an operation takes its window, by section 1.6 of the contract.
enum class window_kind { none, sleep, list, short_list, logs };

struct window_rule {
  std::string name;
  std::string default_value;
  std::string max;
};
window_rule rule_of(window_kind kind);

/// A read and its answer to the byte.
struct known_read {
  std::string user = {};
  /// Below the user's path.
  std::string target = {};
  /// `{remaining}` stands for what is left of the limit of the user's key.
  std::string body = {};
  window_kind window = window_kind::none;
  /// Under which a browser saves it; empty for JSON.
  std::string file_name = {};
  /// Queries that the first read makes, and those that come later.
  int queries = 1;
  int queries_again = 1;
};

/// At least one for every route that reads and ends.
const std::vector<known_read>& known_reads();

std::string path_of(const std::string& user, const std::string& resource);

/// `target` without its query.
std::string without_query(const std::string& target);

http_request with_key(const std::string& method, const std::string& target,
                      const std::string& key);

/// The key that belongs to a known user.
std::string key_of(const std::string& user);

/// Waits until the server knows the planted keys.
void await_planted_keys(const server_process& server);

/// A server without a Polar account whose clock stands at `test_instant`, with the known users.
std::unique_ptr<server_process> start_with_known_users(const std::filesystem::path& folder,
                                                       server_options& options);

} // namespace polar_flow::testing
