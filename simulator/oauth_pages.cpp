#include "simulator/endpoints.hpp"
#include "simulator/polar_text.hpp"
#include "simulator/world.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace polar_flow::simulator {

namespace {

/// Ten years, as observed; see the contract.
constexpr std::int64_t token_lifetime_s = 315'359'999;

/// More athletes would make the page unreadable; their ids can be typed into the address.
constexpr std::int64_t listed_athletes_max = 50;

std::optional<std::string> find(const query_parameters& list, std::string_view name) {
  const auto found = list.find(name);
  return found == list.end() ? std::nullopt : std::optional{found->second};
}

std::string escape_html(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
    case '&':
      safe += "&amp;";
      break;
    case '<':
      safe += "&lt;";
      break;
    case '>':
      safe += "&gt;";
      break;
    case '"':
      safe += "&quot;";
      break;
    case '\'':
      safe += "&#39;";
      break;
    default:
      safe += c;
    }
  }
  return safe;
}

response page(int status, const std::string& content) {
  response answer = empty_response(status);
  answer.headers.emplace_back("Content-Type", "text/html;charset=UTF-8");
  answer.body = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                "<title>Polar Flow (simulator)</title><body>"
                + content + "</body></html>";
  return answer;
}

/// Mistakes in client id or redirect address are shown, never redirected (RFC 6749, 4.1.2.1).
response show_mistake(std::string_view text) {
  return page(400, "<h1>Cannot authorize</h1><p>" + escape_html(text) + "</p>");
}

bool is_acceptable_redirect(const options& settings, std::string_view uri) {
  const bool is_web = uri.starts_with("http://") || uri.starts_with("https://");
  const bool is_clean = std::ranges::all_of(uri, [](unsigned char c) { return c > 32 && c < 127; });
  const auto& known = settings.redirect_uris;
  return is_web && is_clean && (known.empty() || std::ranges::find(known, uri) != known.end());
}

response redirect(std::string uri, const query_parameters& asked,
                  const std::vector<std::pair<std::string, std::string>>& parameters) {
  char separator = uri.find('?') == std::string::npos ? '?' : '&';
  const auto add = [&](std::string_view name, std::string_view value) {
    uri += separator + std::string{name} + "=" + encode_parameter(value);
    separator = '&';
  };
  for (const auto& [name, value] : parameters)
    add(name, value);
  if (const auto state = find(asked, "state"))
    add("state", *state);
  response answer = empty_response(303);
  answer.headers.emplace_back("Location", uri);
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

response consent_page(const world& all, const query_parameters& asked) {
  std::string content =
      "<h1>Polar Flow (simulator)</h1><p>An application wants to read the data of an athlete. "
      "Everything here is made up.</p><form method=\"post\" action=\"/oauth2/authorization\">";
  for (const auto& [name, value] : asked)
    content += "<input type=\"hidden\" name=\"" + escape_html(name) + "\" value=\""
               + escape_html(value) + "\">";
  content += "<label>Athlete <select name=\"athlete\">";
  const auto listed = std::min(all.settings.athletes, listed_athletes_max);
  for (std::int64_t i = 0; i < listed; ++i) {
    const auto id = std::to_string(first_athlete_id + i);
    content += "<option value=\"" + id + "\">Demo Athlete " + std::to_string(i + 1) + " (" + id
               + ")</option>";
  }
  content += "</select></label> <button name=\"decision\" value=\"accept\">Accept</button> "
             "<button name=\"decision\" value=\"deny\">Deny</button></form>";
  return page(200, content);
}

/// Who consents: by the form, by `auto_approve`, or the first athlete when nobody need be asked.
std::optional<std::int64_t> consenting_athlete(const world& all, const query_parameters& asked) {
  if (const auto id = find(asked, "auto_approve"))
    return all.find_athlete_id(*id);
  if (find(asked, "decision") == "accept")
    return all.find_athlete_id(find(asked, "athlete").value_or(""));
  return all.settings.auto_approve ? std::optional{first_athlete_id} : std::nullopt;
}

} // namespace

response authorize(world& all, const request& received, const parsed_target& target) {
  const auto asked = received.method == "POST" ? parse_form(received.body) : target.query;
  if (find(asked, "client_id") != all.settings.client_id)
    return show_mistake("The client id is unknown.");
  const auto given_uri = find(asked, "redirect_uri");
  auto uri = given_uri;
  if (!uri && all.settings.redirect_uris.size() == 1)
    uri = all.settings.redirect_uris.front();
  if (!uri || !is_acceptable_redirect(all.settings, *uri))
    return show_mistake("The redirect address is missing or not registered.");
  if (find(asked, "response_type") != "code")
    return redirect(*uri, asked, {{"error", "unsupported_response_type"}});
  if (const auto scope = find(asked, "scope"); scope && *scope != "accesslink.read_all")
    return redirect(*uri, asked, {{"error", "invalid_scope"}});
  if (find(asked, "decision") == "deny")
    return redirect(*uri, asked, {{"error", "access_denied"}});
  const bool names_somebody = asked.contains("auto_approve") || asked.contains("athlete");
  const auto athlete_id = consenting_athlete(all, asked);
  if (!athlete_id && names_somebody)
    return show_mistake("There is no such athlete.");
  if (!athlete_id)
    return consent_page(all, asked);
  const auto code = all.people.issue_code({*athlete_id, given_uri, all.clock->now()});
  return redirect(*uri, asked, {{"code", code}});
}

response exchange_token(world& all, const request& received) {
  const auto client = basic_credentials(received);
  if (!client || client->first != all.settings.client_id
      || client->second != all.settings.client_secret) {
    auto answer = oauth_error(401, "invalid_client", "Client id or secret is wrong");
    answer.headers.emplace_back("WWW-Authenticate", "Basic realm=\"polar\"");
    return answer;
  }
  const auto content_type = find_header(received.headers, "Content-Type");
  if (!content_type.starts_with("application/x-www-form-urlencoded"))
    return oauth_error(400, "invalid_request", "The body must be form-urlencoded");
  const auto fields = parse_form(received.body);
  const auto grant_type = find(fields, "grant_type");
  const auto code = find(fields, "code");
  if (!grant_type)
    return oauth_error(400, "invalid_request", "grant_type is missing");
  if (*grant_type != "authorization_code")
    return oauth_error(400, "unsupported_grant_type", "Only authorization_code is supported");
  if (!code)
    return oauth_error(400, "invalid_request", "code is missing");
  const auto issued = all.people.redeem(*code, find(fields, "redirect_uri"), all.clock->now());
  if (!issued)
    return oauth_error(400, "invalid_grant",
                       "The code is unknown, used, expired or not for this "
                       "redirect_uri");
  return json_response({{"access_token", issued->token},
                        {"token_type", "bearer"},
                        {"expires_in", token_lifetime_s},
                        {"x_user_id", issued->athlete_id}});
}

} // namespace polar_flow::simulator
