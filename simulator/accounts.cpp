#include "simulator/accounts.hpp"

#include <boost/json.hpp>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace polar_flow::simulator {

namespace {

/// Like Polar's tokens: 32 hexadecimal digits.
constexpr std::size_t token_bytes = 16;
constexpr std::size_t random_bytes_max = 64;

/// Used codes that are remembered, so that a second use is noticed.
constexpr std::size_t used_codes_max = 100'000;

} // namespace

std::string random_hex(std::size_t bytes) {
  std::array<unsigned char, random_bytes_max> raw{};
  bytes = std::min(bytes, raw.size());
  if (RAND_bytes(raw.data(), static_cast<int>(bytes)) != 1)
    throw std::runtime_error("OpenSSL has no random numbers");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) {
    text += digits[raw[i] >> 4];
    text += digits[raw[i] & 15];
  }
  return text;
}

accounts::accounts(std::filesystem::path journal) {
  std::ifstream earlier{journal};
  for (std::string line; std::getline(earlier, line);) {
    try {
      replay_line(line);
    } catch (const std::exception&) {
      // A line that a crash left half written was never answered; the change did not happen.
    }
  }
  journal_.open(journal, std::ios::app);
  // Ends such a half line, so that it cannot swallow the next one. Empty lines mean nothing.
  journal_ << std::endl;
  if (!journal_)
    throw std::runtime_error("cannot write the state file " + journal.string());
  // Whoever reads the file can act as the athlete.
  std::filesystem::permissions(journal, std::filesystem::perms::owner_read
                                            | std::filesystem::perms::owner_write);
}

std::string accounts::issue_code(granted_code grant) {
  // Codes that nobody fetched would pile up otherwise.
  std::erase_if(codes_, [&](const auto& entry) {
    return grant.issued - entry.second.issued > code_lifetime;
  });
  auto code = random_hex(token_bytes);
  codes_.emplace(code, std::move(grant));
  return code;
}

std::optional<accounts::issued_token>
accounts::redeem(const std::string& code, const std::optional<std::string>& redirect_uri,
                 instant now) {
  if (const auto used = used_codes_.find(code); used != used_codes_.end()) {
    if (const auto owner = owners_.find(used->second); owner != owners_.end()) {
      append("void", owner->second, used->second, now);
      owners_.erase(owner);
    }
    return std::nullopt;
  }
  const auto found = codes_.find(code);
  if (found == codes_.end())
    return std::nullopt;
  const auto& grant = found->second;
  const bool is_expired = now - grant.issued > code_lifetime;
  if (is_expired || (grant.redirect_uri && grant.redirect_uri != redirect_uri))
    return std::nullopt;
  // Long before this many codes the first ones have expired anyway.
  if (used_codes_.size() >= used_codes_max)
    used_codes_.clear();
  issued_token issued{issue_token(grant.athlete_id), grant.athlete_id};
  used_codes_.emplace(code, issued.token);
  codes_.erase(found);
  return issued;
}

std::string accounts::issue_token(std::int64_t athlete_id) {
  auto token = random_hex(token_bytes);
  owners_.emplace(token, athlete_id);
  append("token", athlete_id, token, {});
  return token;
}

std::optional<std::int64_t> accounts::owner_of(std::string_view token) const {
  const auto found = owners_.find(std::string{token});
  return found == owners_.end() ? std::nullopt : std::optional{found->second};
}

void accounts::revoke_tokens(std::int64_t athlete_id) {
  drop_tokens(athlete_id);
  append("revoke", athlete_id, {}, {});
}

registration_result accounts::register_user(std::int64_t athlete_id, const std::string& member_id,
                                            instant now) {
  if (registrations_.contains(athlete_id))
    return registration_result::already_registered;
  if (!member_ids_.insert(member_id).second)
    return registration_result::member_id_taken;
  registrations_.emplace(athlete_id, registration{member_id, now});
  append("register", athlete_id, member_id, now);
  return registration_result::done;
}

void accounts::deregister_user(std::int64_t athlete_id) {
  if (const auto found = registrations_.find(athlete_id); found != registrations_.end()) {
    member_ids_.erase(found->second.member_id);
    registrations_.erase(found);
  }
  drop_tokens(athlete_id);
  append("deregister", athlete_id, {}, {});
}

const registration* accounts::find_registration(std::int64_t athlete_id) const {
  const auto found = registrations_.find(athlete_id);
  return found == registrations_.end() ? nullptr : &found->second;
}

void accounts::replay_line(std::string_view line) {
  const auto change = boost::json::parse(line);
  const auto event = change.at("event").as_string();
  const auto athlete_id = change.at("athlete").as_int64();
  const std::string text{change.at("text").as_string()};
  const instant when{std::chrono::microseconds{change.at("at").as_int64()}};
  if (event == "token")
    owners_.emplace(text, athlete_id);
  else if (event == "void")
    owners_.erase(text);
  else if (event == "revoke")
    drop_tokens(athlete_id);
  else if (event == "register")
    register_user(athlete_id, text, when);
  else if (event == "deregister")
    deregister_user(athlete_id);
}

void accounts::append(const std::string& event, std::int64_t athlete_id, const std::string& text,
                      instant when) {
  if (!journal_.is_open())
    return;
  const boost::json::value line{{"event", event},
                                {"athlete", athlete_id},
                                {"text", text},
                                {"at", when.time_since_epoch().count()}};
  journal_ << boost::json::serialize(line) << std::endl;
}

void accounts::drop_tokens(std::int64_t athlete_id) {
  std::erase_if(owners_, [&](const auto& entry) { return entry.second == athlete_id; });
}

} // namespace polar_flow::simulator
