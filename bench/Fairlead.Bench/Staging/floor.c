/*
 * The least that a relay can cost: one thread, epoll, and nothing but the relay. It has one agent, chooses nothing, and knows nobody.
 *   floor LISTEN AGENT
 * For each client: accept, check the user, connect to the agent, forward bytes both ways, close.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { MAX_DESCRIPTORS = 65536, MAX_EVENTS = 64, RETRY_MILLISECONDS = 1 };

/* One end of a conversation, by its descriptor. Pages that nobody uses stay untouched. */
struct end {
    int other;       /* the other end of the conversation */
    uint32_t wanted; /* the events that epoll reports; 0 if it does not watch this end */
    char *kept;      /* what this end has not taken yet; meanwhile nothing more is read from the other end */
    size_t length;
    int next;        /* in the queue for the agent's backlog */
};

static struct end ends[MAX_DESCRIPTORS];
static char buffer[64 * 1024];
static struct sockaddr_un agent_address;
static int epoll;
static int listener;
static uid_t user;

/* The agents' ends that the full backlog of the agent does not take, oldest first. No event says when it does. */
static int first_waiting;
static int last_waiting;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void want(int descriptor, uint32_t events) {
    struct end *end = &ends[descriptor];
    if (end->wanted == events) {
        return;
    }
    struct epoll_event event = {.events = events, .data.fd = descriptor};
    /* Without any wish, epoll would still report a hang-up, again and again. */
    int operation = end->wanted == 0 ? EPOLL_CTL_ADD : events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
    if (epoll_ctl(epoll, operation, descriptor, &event) < 0) {
        fail("epoll_ctl");
    }
    end->wanted = events;
}

static void watch(int descriptor) {
    struct end *end = &ends[descriptor];
    want(descriptor, (ends[end->other].kept == NULL ? EPOLLIN : 0) | (end->kept != NULL ? EPOLLOUT : 0));
}

static void forget(int descriptor) {
    free(ends[descriptor].kept);
    ends[descriptor] = (struct end){0};
    close(descriptor); /* and epoll forgets it */
}

static void end_conversation(int descriptor) {
    int other = ends[descriptor].other;
    forget(descriptor);
    forget(other);
}

/* Returns 0 if the conversation is over. */
static int keep(int descriptor, const char *bytes, size_t length) {
    struct end *end = &ends[descriptor];
    char *rest = malloc(length);
    if (rest == NULL) {
        return 0;
    }
    memcpy(rest, bytes, length);
    free(end->kept);
    end->kept = rest;
    end->length = length;
    return 1;
}

static ssize_t give(int descriptor, const char *bytes, size_t length) {
    ssize_t sent = send(descriptor, bytes, length, MSG_NOSIGNAL);
    return sent < 0 && errno == EAGAIN ? 0 : sent;
}

/* Forwards what has arrived at one end. Returns 0 if the conversation is over. */
static int forward(int from) {
    int to = ends[from].other;
    if (ends[to].kept != NULL) {
        return 1;
    }
    ssize_t length = recv(from, buffer, sizeof buffer, 0);
    if (length <= 0) {
        return length < 0 && errno == EAGAIN;
    }
    ssize_t sent = give(to, buffer, length);
    return sent == length || (sent >= 0 && keep(to, buffer + sent, length - sent));
}

/* Sends what an end had not taken. Returns 0 if the conversation is over. */
static int send_kept(int to) {
    struct end *end = &ends[to];
    ssize_t sent = give(to, end->kept, end->length);
    if (sent < 0) {
        return 0;
    }
    if ((size_t)sent < end->length) {
        return keep(to, end->kept + sent, end->length - sent);
    }
    free(end->kept);
    end->kept = NULL;
    return 1;
}

/* Returns 0 if the backlog of the agent is full. */
static int connect_agent(int agent) {
    int client = ends[agent].other;
    if (connect(agent, (struct sockaddr *)&agent_address, sizeof agent_address) < 0) {
        if (errno == EAGAIN) {
            return 0;
        }
        end_conversation(agent);
        return 1;
    }
    /* The request is there by now, as a rule. Both ends are watched only after it has left, while the agent works. */
    if (!forward(client)) {
        end_conversation(client);
        return 1;
    }
    watch(agent);
    watch(client);
    return 1;
}

static void connect_waiting(void) {
    while (first_waiting != 0) {
        int agent = first_waiting;
        int next = ends[agent].next;
        if (!connect_agent(agent)) {
            return;
        }
        first_waiting = next;
    }
}

static void accept_client(void) {
    int client = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0) {
        if (errno == EAGAIN || errno == ECONNABORTED || errno == EINTR) {
            return;
        }
        fail("accept"); /* without descriptors the listener would stay ready, and wake it all the time */
    }
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(client, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0 || (peer.uid != user && peer.uid != 0)) {
        close(client);
        return;
    }
    int agent = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (agent < 0 || agent >= MAX_DESCRIPTORS || client >= MAX_DESCRIPTORS) {
        fail("socket");
    }
    ends[client].other = agent;
    ends[agent].other = client;
    if (first_waiting == 0 && connect_agent(agent)) {
        return;
    }
    if (first_waiting == 0) {
        first_waiting = agent;
    } else {
        ends[last_waiting].next = agent;
    }
    last_waiting = agent;
}

static void serve(int descriptor, uint32_t events) {
    if (ends[descriptor].wanted == 0) {
        return; /* an earlier event of the same turn ended it, or it is not connected yet and has the number of one that ended */
    }
    int other = ends[descriptor].other;
    int goes_on = ends[descriptor].kept == NULL || !(events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) || send_kept(descriptor);
    if (!goes_on || !forward(descriptor)) {
        end_conversation(descriptor);
        return;
    }
    watch(descriptor);
    watch(other);
}

static struct sockaddr_un address_of(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        fail(path);
    }
    strcpy(address.sun_path, path);
    return address;
}

int main(int count, char **words) {
    if (count != 3) {
        fputs("usage: floor LISTEN AGENT\n", stderr);
        return 2;
    }
    user = getuid();
    agent_address = address_of(words[2]);
    struct sockaddr_un address = address_of(words[1]);
    umask(077);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (epoll < 0 || listener < 0) {
        fail("socket");
    }
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, SOMAXCONN) < 0) {
        fail(words[1]);
    }
    want(listener, EPOLLIN);
    for (;;) {
        struct epoll_event events[MAX_EVENTS];
        int happened = epoll_wait(epoll, events, MAX_EVENTS, first_waiting != 0 ? RETRY_MILLISECONDS : -1);
        for (int i = 0; i < happened; i++) {
            if (events[i].data.fd == listener) {
                accept_client();
            } else {
                serve(events[i].data.fd, events[i].events);
            }
        }
        connect_waiting();
    }
}
